//! `precedent search QUERY`. Exit code 1 when nothing matches.

use super::{Context, Result};
use crate::args::SearchArgs;
use crate::output::Ink;
use precedent_core::wire::{FacetCount, Hit, SearchReply, SearchRequest};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
    status_facets: &'a [FacetCount],
}

#[derive(Serialize)]
struct AnswerHit<'a> {
    path: &'a str,
    title: &'a str,
    score: f32,
    snippet: &'a str,
}

pub(super) fn run(context: &Context<'_>, args: &SearchArgs) -> Result<ExitCode> {
    // Without the thread that follows the records, a search indexes first what is missing.
    let workspace = context.open()?;
    let request = SearchRequest { query: args.query.join(" "), limit: args.limit, ..SearchRequest::default() };
    let reply = workspace.search(&request)?;
    if context.output.is_json() {
        context.output.value(&answer(&reply));
    } else {
        text(context, &reply);
    }
    Ok(if reply.hits.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn answer(reply: &SearchReply) -> Answer<'_> {
    Answer {
        query: &reply.query,
        took_us: reply.took_us,
        total: reply.total,
        hits: reply.hits.iter().map(answer_hit).collect(),
        complaint: reply.complaint.as_deref(),
        corrected: reply.corrected.as_deref(),
        status_facets: &reply.status_facets,
    }
}

fn answer_hit(hit: &Hit) -> AnswerHit<'_> {
    AnswerHit { path: &hit.path, title: &hit.title, score: hit.score, snippet: &hit.snippet }
}

fn text(context: &Context<'_>, reply: &SearchReply) {
    let output = context.output;
    if let Some(complaint) = &reply.complaint {
        output.warn(complaint);
    }
    if let Some(corrected) = &reply.corrected {
        output.warn(&format!("Nothing matches as written. Close: {corrected}."));
    }
    for hit in &reply.hits {
        output.line(&format!("{}  {}", output.ink(Ink::Strong, &hit.title), output.ink(Ink::Quiet, &hit.path)));
        if !hit.snippet.is_empty() {
            output.line(&format!("    {}", hit.snippet.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    if reply.hits.is_empty() {
        output.warn(&format!("No decision mentions \"{}\".", reply.query));
    }
}
