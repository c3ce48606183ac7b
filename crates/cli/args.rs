//! What can be asked for on the command line. The help texts are the reference; the contract fixes names and exit codes.

mod debt;
mod gates;

pub(crate) use debt::{DebtArgs, DebtFormat};
pub(crate) use gates::{ChangeArgs, HookName, HooksAct, HooksArgs, RunArgs};

use clap::{Args, Parser, Subcommand, ValueEnum};
use precedent_core::wire::StatusWord;
use std::path::PathBuf;

/// Architecture decision records that hold.
///
/// Records are plain Markdown in your own git repository. R is a path, number (12, ADR-0012), id or file stem.
#[derive(Debug, Parser)]
#[command(name = "precedent", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Work in this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) dir: Option<PathBuf>,
    /// Print exactly one JSON value (the contract's) instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a decision log: settings and a first record
    Init(InitArgs),
    /// Write a new record from a template, with the next free number
    New(NewArgs),
    /// List decisions
    List(ListArgs),
    /// Show one decision
    Show(ShowArgs),
    /// Search the text of all records, best match first
    #[command(after_help = QUERY_LANGUAGE)]
    Search(SearchArgs),
    /// Change fields of a record: status, title, date, tags, applies-to, ...
    Set(SetArgs),
    /// Accept a proposal; a successor that waited for it also marks its predecessor
    Accept(StatusArgs),
    /// Reject a proposal
    Reject(StatusArgs),
    /// Deprecate a decision in force that has no successor
    Deprecate(StatusArgs),
    /// Supersede a decision by an existing record or a new one
    Supersede(SupersedeArgs),
    /// Amend a decision that stays in force, by an existing record or a new one; both say so
    Amend(AmendArgs),
    /// State a link between two records: `link 12 depends-on 7`
    Link(LinkArgs),
    /// Take the links between two records out
    Unlink(UnlinkArgs),
    /// Print a JSON Schema of the contract, or their names
    Schema(SchemaArgs),
    /// Rewrite a record in another dialect, where its lines about status, people and links become front matter, or in UTF-8
    Convert(ConvertArgs),
    /// Rename a record: its file follows the title, and what refers to it follows the file
    #[command(
        after_help = "NEW is a title (the file is named after it, number and date stay) or a file name ending in .md."
    )]
    Rename(RenameArgs),
    /// Move a record to another folder or log
    Move(MoveArgs),
    /// Delete a record; refuses while others rest on it
    Delete(DeleteArgs),
    /// Give a record another number, and follow it everywhere; without R, resolve every number used twice
    #[command(
        after_help = "The next free number looks at every local and remote-tracking branch and at open drafts. Of two records with one\nnumber the one committed first keeps it. What may mean either is left as it is, and said."
    )]
    Renumber(RenumberArgs),
    /// Open a record in your editor: $VISUAL, $EDITOR, or git's core.editor of your own settings
    Edit(EditArgs),
    /// Draw decisions and their relations
    Graph(GraphArgs),
    /// Write the table of decisions into the README of a log, between `<!-- precedent:index -->` and its end
    #[command(after_help = INDEX_PAGE)]
    Index(IndexArgs),
    /// Export decisions as one HTML file that needs nothing beside itself
    Export(ExportArgs),
    /// Take back the last thing that Precedent wrote here, in the app or on the command line
    Undo(UndoArgs),
    /// Report problems of the log: broken links, numbers used twice, unreadable fields
    Lint(LintArgs),
    /// Check the repository, or a change of it, against the rules of its decisions
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),
    /// Count findings over history: by the rules of each time, and by those of the last commit
    #[command(after_help = DEBT_HELP)]
    Debt(DebtArgs),
    /// Let findings of a rule pass until a day
    Waive(WaiveArgs),
    /// Take repaid findings out of the baseline, or with --accept-new what is open today into it
    Baseline(BaselineArgs),
    /// Have git check changes: before a commit, a merge and a push
    Hooks(HooksArgs),
    /// Prove each gate by a change that is known to break a rule
    #[command(
        after_help = "Runs the installed hooks in a repository that is thrown away. Exit 0 when commits and pushes are stopped, 1 when not."
    )]
    Doctor,
    /// Try rules on the examples inside them
    Test(TestArgs),
    /// List the decisions that govern a file, and how
    Why(WhyArgs),
    /// Bring two versions of a record together by field and by line: git's merge driver, the result goes into OURS
    #[command(
        name = "merge-file",
        after_help = "Exit 0 when nothing is left to settle, 1 with git's marks around what is.\n--install writes the record folders into .gitattributes and names this program in the repository's git settings;\n--install --dry-run shows both and writes neither, --uninstall takes both out, --status says whether git uses it (exit 1: not).\nWhere this program is not on the PATH git merges by lines, as it does without."
    )]
    MergeFile(MergeFileArgs),
}

#[derive(Debug, Args)]
pub(crate) struct MergeFileArgs {
    /// The version both come from; may be empty (git's %O)
    #[arg(value_name = "BASE", required_unless_present_any = ["install", "uninstall", "status"])]
    pub(crate) base: Option<PathBuf>,
    /// Ours; the result is written here (%A)
    #[arg(value_name = "OURS", required_unless_present_any = ["install", "uninstall", "status"])]
    pub(crate) ours: Option<PathBuf>,
    /// Theirs (%B)
    #[arg(value_name = "THEIRS", required_unless_present_any = ["install", "uninstall", "status"])]
    pub(crate) theirs: Option<PathBuf>,
    /// The record's path, for messages (%P)
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<String>,
    /// Have git use it for the records of this repository
    #[arg(long, conflicts_with_all = ["base", "ours", "theirs"])]
    pub(crate) install: bool,
    /// Have git merge them by lines again
    #[arg(long, conflicts_with_all = ["install", "base", "ours", "theirs"])]
    pub(crate) uninstall: bool,
    /// Say whether git uses it here
    #[arg(long, conflicts_with_all = ["install", "uninstall", "dry_run", "base", "ours", "theirs"])]
    pub(crate) status: bool,
    /// With --install or --uninstall: print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Make the sample repository in this new folder instead, with a believable history
    #[arg(long, value_name = "DIR")]
    pub(crate) sample: Option<PathBuf>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The decision as a statement: "Use Postgres for billing"
    pub(crate) title: String,
    /// Template: madr, madr-minimal, nygard, y-statement, blank, or one of the repository's own
    #[arg(long, value_name = "NAME")]
    pub(crate) template: Option<String>,
    /// Folder of the log, when there are several
    #[arg(long, value_name = "FOLDER")]
    pub(crate) log: Option<String>,
    /// The record that this one is to replace; it is marked when the new one is accepted
    #[arg(long, value_name = "R")]
    pub(crate) supersedes: Option<String>,
    /// Status to begin with
    #[arg(long, default_value = "proposed")]
    pub(crate) status: StatusArg,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only this status (may be given several times)
    #[arg(long)]
    pub(crate) status: Vec<StatusArg>,
    /// Only records with this tag (may be given several times: all of them)
    #[arg(long)]
    pub(crate) tag: Vec<String>,
    /// Only decisions in force
    #[arg(long)]
    pub(crate) in_force: bool,
    /// As they stood at a commit, branch or tag, or at the end of a day (2026-03-02)
    #[arg(long, value_name = "REV|DATE")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Print the body as HTML
    #[arg(long, conflicts_with_all = ["markdown", "permalink"])]
    pub(crate) html: bool,
    /// Print it as Markdown to be pasted elsewhere: with its number and status, links lead to the forge
    #[arg(long, conflicts_with_all = ["as_of", "permalink"])]
    pub(crate) markdown: bool,
    /// Print its address on the forge that the remote belongs to, at a commit that is there
    #[arg(long, conflicts_with = "as_of")]
    pub(crate) permalink: bool,
    /// With --permalink: at this line, or these (12, 12-20)
    #[arg(long, value_name = "N", requires = "permalink", value_parser = lines)]
    pub(crate) line: Option<(u32, u32)>,
    /// As it was at a commit, branch or tag, or at the end of a day (2026-03-02)
    #[arg(long, value_name = "REV|DATE")]
    pub(crate) as_of: Option<String>,
}

/// `12` or `12-20`.
fn lines(text: &str) -> Result<(u32, u32), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number > 0);
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err("a line number (12) or two of them (12-20)".to_owned()),
    }
}

/// Which page is written, as the help of `index` tells it.
const INDEX_PAGE: &str = "\
The page is the first README.md or index.md on the way from the log to the repository's root that has the marks, else the
log's own, where they are added at the end. Where there are several logs each has its own. The list between
`<!-- adrlog -->` and `<!-- adrlogstop -->` is kept in the form of adr-log. Everything outside of the marks
stays as it is.";

#[derive(Debug, Args)]
pub(crate) struct IndexArgs {
    /// Folder of the log; without it the only or largest one
    #[arg(long, value_name = "FOLDER")]
    pub(crate) log: Option<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Records, in this order; without any, all
    #[arg(value_name = "R")]
    pub(crate) references: Vec<String>,
    /// Only decisions in force
    #[arg(long)]
    pub(crate) in_force: bool,
    /// The file to write, or - for standard output
    #[arg(long, value_name = "OUT", required = true)]
    pub(crate) html: PathBuf,
    /// Title of a document of several records
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// The query language, as the help of `search` tells it; the window's sheet of shortcuts says the same.
const QUERY_LANGUAGE: &str = "\
Query language:
  queue broker            either word; records with both come first. Other forms of a word are found too
  \"event log\"             these words in this order
  -kafka  -\"event log\"    not with this
  kafka OR \"event log\"    one of these; works between fields as well
  io_uring foo::bar C++   identifiers, as they are written
  ADR-12  #12  0012       that record first
Fields (-field:value excludes):
  status:accepted,none    draft proposed accepted rejected deprecated superseded other none
  is:in-force             also open, stale, due, superseded
  tag:storage  scope:billing  by:@dana  id:12
  in:docs/adr             folder or log
  path:services/billing   decisions that govern this path
  section:decision        look there only: title decision context options consequences code rejected meta other;
                          `section:rejected` answers what was decided against
  before:2025-03  after:2024  year:2025  year:2023..2025
  has:rules               also code, problems, links, date, tags, people, paths
On the command line, -not needs no quotes; `event log` in the shell's quotes beside other words is a phrase.
With --history, the words and in: before: after: year: apply to what left the records; the day is that of the commit.";

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Words, "phrases", -not, OR, and fields such as status:accepted
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// Search what left the records: words of earlier versions and of deleted records, with the commit
    #[arg(long)]
    pub(crate) history: bool,
    /// At most this many hits
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Field and value: status=deprecated, tags=a,b, review-by= (empty removes it)
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub(crate) fields: Vec<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SupersedeArgs {
    /// The record that falls
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The existing record that replaces it
    #[arg(long, value_name = "R", conflicts_with = "title", required_unless_present = "title")]
    pub(crate) by: Option<String>,
    /// Title of a new record that replaces it
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Status of the successor. While it is proposed, the old record keeps its status
    #[arg(long, default_value = "proposed")]
    pub(crate) status: StatusArg,
    /// Why the old decision falls
    #[arg(long)]
    pub(crate) why: Option<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AmendArgs {
    /// The record that is amended
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The existing record that amends it
    #[arg(long, value_name = "R", conflicts_with = "title", required_unless_present = "title")]
    pub(crate) by: Option<String>,
    /// Title of a new record that amends it
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Why it is amended, for the new record's context
    #[arg(long, requires = "title")]
    pub(crate) why: Option<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LinkArgs {
    /// The record that states the link
    #[arg(value_name = "A")]
    pub(crate) from: String,
    /// supersedes, superseded-by, amends, amended-by, relates-to, depends-on, or a word of your own
    pub(crate) relation: String,
    /// The record it names
    #[arg(value_name = "B")]
    pub(crate) to: String,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UnlinkArgs {
    #[arg(value_name = "A")]
    pub(crate) from: String,
    #[arg(value_name = "B")]
    pub(crate) to: String,
    /// Only this relation, as A states it; without it all links between the two
    #[arg(long)]
    pub(crate) relation: Option<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// record-v1 or precedent-toml
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Only this record
    #[arg(value_name = "R")]
    pub(crate) reference: Option<String>,
    /// Only this problem, by code or name: P004, one-sided-link
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// Carry out the fixes, all or none; one that rests on likeness only when its code is named
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: print what would be written, and write nothing
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
}

/// What `check` looks at, and what its exit codes mean.
const DEBT_HELP: &str = "Goes along the commits of the branch itself (first parents). \"then\" counts each commit by its own rules, waivers and\nbaseline on its day, \"today\" by those of the last commit. What was counted is kept in the cache folder by tree.\nWhere something could not be decided the figures may be too low; that is said.";

const CHECK_HELP: &str = "\
Without an argument the files as they are, by their own rules. A change is judged by the rules, waivers, baseline and
settings from before it, and fails on what it introduces; what it does to them is reported.
Exit codes: 0 pass, 1 violations, 2 an error in the records (or in what was asked), 3 undecided.";

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("input").args(["range", "staged", "pr", "patch", "path"]))]
pub(crate) struct CheckArgs {
    /// What B changes since it left A: main..HEAD
    #[arg(value_name = "A..B")]
    pub(crate) range: Option<String>,
    /// What is staged, against the last commit
    #[arg(long)]
    pub(crate) staged: bool,
    /// What this pull request changes: the base is taken from the variables of the service that runs it
    #[arg(long)]
    pub(crate) pr: bool,
    /// A patch on the last commit, from a file or - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) patch: Option<PathBuf>,
    /// With --content: the file that it is the new content of
    #[arg(long, requires = "content")]
    pub(crate) path: Option<String>,
    /// New content of the file at --path, from a file or - for standard input
    #[arg(long, value_name = "FILE", requires = "path")]
    pub(crate) content: Option<PathBuf>,
    /// How to print the verdict
    #[arg(long, default_value = "human")]
    pub(crate) format: CheckFormat,
    /// The day that waivers are judged by (2026-03-02); today when left off
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// At most so many threads; the verdict does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZero<usize>>,
}

/// Who reads the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Human,
    /// `precedent/verdict/v1`
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A comment for a pull request
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct WaiveArgs {
    /// Key of the rule, as `check` prints it: no-mongo/no-client
    pub(crate) rule: String,
    /// Where it holds: paths and globs (may be given several times)
    #[arg(long, required = true, value_name = "GLOB")]
    pub(crate) paths: Vec<String>,
    /// The last day (2026-07-01)
    #[arg(long, value_name = "DAY")]
    pub(crate) until: String,
    /// Who sees to it that it ends
    #[arg(long, value_name = "WHO")]
    pub(crate) owner: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
    /// How many findings at most
    #[arg(long, value_name = "N")]
    pub(crate) at_most: Option<u64>,
    /// Only this finding, as `check --json` names it (may be given several times)
    #[arg(long, value_name = "F")]
    pub(crate) fingerprint: Vec<String>,
    /// Who agreed (may be given several times)
    #[arg(long, value_name = "WHO")]
    pub(crate) approved_by: Vec<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    /// Take in all that is open today
    #[arg(long, requires = "reason")]
    pub(crate) accept_new: bool,
    /// Why it grows
    #[arg(long, requires = "accept_new")]
    pub(crate) reason: Option<String>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Only the rules of this record
    #[arg(value_name = "R")]
    pub(crate) reference: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// A file, and a line in it if you like: src/main.rs:12
    #[arg(value_name = "PATH[:LINE]")]
    pub(crate) place: String,
}

#[derive(Debug, Args)]
pub(crate) struct ConvertArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// What to convert to: madr4, or utf-8 for a record in another encoding
    #[arg(long, value_name = "FORM", default_value = "madr4")]
    pub(crate) to: String,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RenameArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// New title, or a file name (0012-use-postgres.md)
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// With a title: rename the file only, and leave the title in the record as it is
    #[arg(long)]
    pub(crate) keep_title: bool,
    #[command(flatten)]
    pub(crate) follow: FollowArgs,
}

#[derive(Debug, Args)]
pub(crate) struct MoveArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Folder or log, from the repository's root
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: String,
    #[command(flatten)]
    pub(crate) follow: FollowArgs,
}

/// How far a verb follows what refers to a record.
#[derive(Debug, Args)]
pub(crate) struct FollowArgs {
    /// Leave what other files say of the record as it is
    #[arg(long)]
    pub(crate) keep_citations: bool,
    /// Also follow mentions in comments of other files that git follows
    #[arg(long, conflicts_with = "keep_citations")]
    pub(crate) code: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RenumberArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: Option<String>,
    /// The new number; without it the next free one
    #[arg(value_name = "NUMBER")]
    pub(crate) number: Option<u64>,
    #[command(flatten)]
    pub(crate) follow: FollowArgs,
}

#[derive(Debug, Args)]
pub(crate) struct EditArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
}

#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    #[arg(long, default_value = "mermaid")]
    pub(crate) format: GraphFormat,
}

/// Who reads the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Graphviz
    Dot,
    /// A flowchart for Markdown pages
    Mermaid,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Delete it although others supersede, amend or depend on it
    #[arg(long)]
    pub(crate) force: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// A step of the list; without it, the last one
    #[arg(value_name = "STEP")]
    pub(crate) id: Option<String>,
    /// List what can be taken back, newest first
    #[arg(long, conflicts_with_all = ["redo", "dry_run", "id"])]
    pub(crate) list: bool,
    /// Do again what was taken back last
    #[arg(long, conflicts_with = "id")]
    pub(crate) redo: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// The contract's status words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusArg {
    Draft,
    Proposed,
    Accepted,
    Rejected,
    Deprecated,
    Superseded,
}

impl From<StatusArg> for StatusWord {
    fn from(status: StatusArg) -> Self {
        match status {
            StatusArg::Draft => StatusWord::Draft,
            StatusArg::Proposed => StatusWord::Proposed,
            StatusArg::Accepted => StatusWord::Accepted,
            StatusArg::Rejected => StatusWord::Rejected,
            StatusArg::Deprecated => StatusWord::Deprecated,
            StatusArg::Superseded => StatusWord::Superseded,
        }
    }
}

impl StatusArg {
    /// The word as requests carry it.
    pub(crate) fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}
