//! `precedent search QUERY`, and with `--history` of what is not there any more. Exit code 1 when nothing matches.

use super::{Context, Result};
use crate::args::SearchArgs;
use crate::output::{Ink, Output};
use crate::progress::{counted, telling};
use precedent_core::wire::{Exchange, FacetCount, Hit, PastHit, PastReply, SearchReply, SearchRequest, Successor};
use serde::Serialize;
use std::process::ExitCode;

/// The contract's answer; the rest of [`SearchReply`] is for the window.
#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    took_us: u32,
    total: u32,
    hits: Vec<AnswerHit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<&'a str>,
    /// Where that stands in the query, in UTF-16 code units.
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint_at: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
    /// The words that were exchanged in it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    exchanged: &'a [Exchange],
    /// Records that could not be looked into yet.
    #[serde(skip_serializing_if = "is_zero")]
    pending: u32,
    status_facets: &'a [FacetCount],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it by reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct AnswerHit<'a> {
    path: &'a str,
    title: &'a str,
    score: f32,
    snippet: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    successor: Option<&'a Successor>,
}

/// The answer about the past.
#[derive(Serialize)]
struct PastAnswer<'a> {
    query: &'a str,
    took_us: u32,
    total: u32,
    hits: Vec<PastAnswerHit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint_at: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    exchanged: &'a [Exchange],
    /// Not all of git's log was looked into yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    building: bool,
}

#[derive(Serialize)]
struct PastAnswerHit<'a> {
    path: &'a str,
    title: &'a str,
    deleted: bool,
    commit: &'a str,
    date: &'a str,
    author: &'a str,
    subject: &'a str,
    snippet: &'a str,
}

pub(super) fn run(context: &Context<'_>, args: &SearchArgs) -> Result<ExitCode> {
    // Without the thread that follows the records, a search indexes first what is missing.
    let workspace = context.open()?;
    let output = context.output;
    let request = SearchRequest {
        query: args.query.join(" "),
        limit: args.limit,
        me: workspace.author(),
        ..SearchRequest::default()
    };
    let found = if args.history {
        let reply = telling(|| "Looking through git's log".to_owned(), || workspace.search_past(&request))?;
        if reply.building {
            output.warn("Not all of git's log is looked into yet; another search finds more.");
        }
        if output.is_json() {
            output.value(&past_answer(&reply));
        } else {
            past_text(output, &reply);
        }
        !reply.hits.is_empty()
    } else {
        let records = u32::try_from(workspace.log().len()).unwrap_or(u32::MAX);
        let how_far = || match workspace.watch_state().pending {
            0 => "Opening the index".to_owned(),
            pending => counted("Indexing records", records.saturating_sub(pending), records),
        };
        let reply = telling(how_far, || workspace.search(&request))?;
        if reply.pending > 0 {
            output.warn(&not_all(reply.pending));
        }
        if output.is_json() {
            output.value(&answer(&reply));
        } else {
            text(output, &reply);
        }
        !reply.hits.is_empty()
    };
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// That the answer comes from a part of the records.
fn not_all(pending: u32) -> String {
    match pending {
        1 => "1 record is not indexed yet; another search may find it.".to_owned(),
        more => format!("{more} records are not indexed yet; another search may find more."),
    }
}

fn answer(reply: &SearchReply) -> Answer<'_> {
    Answer {
        query: &reply.query,
        took_us: reply.took_us,
        total: reply.total,
        hits: reply.hits.iter().map(answer_hit).collect(),
        complaint: reply.complaint.as_deref(),
        complaint_at: reply.complaint_at,
        corrected: reply.corrected.as_deref(),
        exchanged: &reply.exchanged,
        pending: reply.pending,
        status_facets: &reply.status_facets,
    }
}

fn answer_hit(hit: &Hit) -> AnswerHit<'_> {
    let successor = hit.successor.as_ref();
    AnswerHit { path: &hit.path, title: &hit.title, score: hit.score, snippet: &hit.snippet, successor }
}

fn past_answer(reply: &PastReply) -> PastAnswer<'_> {
    PastAnswer {
        query: &reply.query,
        took_us: reply.took_us,
        total: reply.total,
        hits: reply.hits.iter().map(past_answer_hit).collect(),
        complaint: reply.complaint.as_deref(),
        complaint_at: reply.complaint_at,
        exchanged: &reply.exchanged,
        building: reply.building,
    }
}

fn past_answer_hit(hit: &PastHit) -> PastAnswerHit<'_> {
    let PastHit { path, title, deleted, commit, date, author, subject, snippet, .. } = hit;
    PastAnswerHit { path, title, deleted: *deleted, commit, date, author, subject, snippet }
}

fn text(output: &Output, reply: &SearchReply) {
    complain(output, &reply.query, reply.complaint.as_deref(), reply.complaint_at);
    tell_exchanged(output, &reply.exchanged);
    for hit in &reply.hits {
        output.line(&format!("{}  {}", output.ink(Ink::Strong, &hit.title), output.ink(Ink::Quiet, &hit.path)));
        if let Some(Successor { path, title, .. }) = &hit.successor {
            output.line(&format!("    superseded; now {title}  {}", output.ink(Ink::Quiet, path)));
        }
        snippet(output, &hit.snippet);
    }
    if reply.hits.is_empty() {
        output.warn(&format!("No decision mentions \"{}\".", reply.query));
    }
}

fn tell_exchanged(output: &Output, exchanged: &[Exchange]) {
    for Exchange { written, meant } in exchanged {
        output.warn(&format!("\"{written}\" is nowhere. Searched \"{meant}\" instead."));
    }
}

fn past_text(output: &Output, reply: &PastReply) {
    complain(output, &reply.query, reply.complaint.as_deref(), reply.complaint_at);
    tell_exchanged(output, &reply.exchanged);
    for hit in &reply.hits {
        let how = if hit.deleted { "deleted" } else { "changed" };
        output.line(&format!("{}  {}", output.ink(Ink::Strong, &hit.title), output.ink(Ink::Quiet, &hit.path)));
        let commit = hit.commit.get(..10).unwrap_or(&hit.commit);
        output.line(&format!("    {how} {} by {} in {commit}: {}", hit.date, hit.author, hit.subject));
        snippet(output, &hit.snippet);
    }
    if reply.hits.is_empty() {
        output.warn(&format!("Nothing that left the records mentions \"{}\".", reply.query));
    }
}

fn snippet(output: &Output, text: &str) {
    if !text.is_empty() {
        output.line(&format!("    {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
}

/// What was not understood, with its place in the query underlined.
fn complain(output: &Output, query: &str, complaint: Option<&str>, at: Option<(u32, u32)>) {
    let Some(complaint) = complaint else { return };
    output.warn(complaint);
    if let Some((start, end)) = at {
        let width = |from: u32, to: u32| (to.saturating_sub(from)) as usize;
        output.warn(&format!("  {query}"));
        output.warn(&format!("  {}{}", " ".repeat(width(0, start)), "^".repeat(width(start, end).max(1))));
    }
}
