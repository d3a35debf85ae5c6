using static Tidemark.Archiving.ArchiveKind;

namespace Tidemark.Archiving;

/// <summary>
/// What is copied from one store to another. docs/storage-format.md explains the tables; a store may keep more in them that
/// follows from this.
/// </summary>
public static class ArchiveTables
{
    private const string OfBuilt = "WHERE generation NOT IN (SELECT id FROM generation WHERE state IN (0, 4))";

    /// <summary>Namespaces with their last commit sequence and active generation.</summary>
    public static ArchiveTable Namespaces { get; } = new(
        "namespace", C("id"), C("name", Text), C("sequence"), C("generation"), C("horizon"));

    /// <summary>Embedding spaces by name, with their dimensions.</summary>
    public static ArchiveTable Spaces { get; } = new("space", C("id"), C("name", Text), C("dimensions"));

    /// <summary>Builds of an index, but those that never answered.</summary>
    public static ArchiveTable Generations { get; } = new(
        "generation", C("id"), C("namespace"), C("chunker", Text), C("input", Text), C("space"), C("state"), C("documents"),
        C("chunks"))
    {
        Condition = "WHERE state NOT IN (0, 4)",
    };

    /// <summary>Sources with the counts of their live documents, chunks and estimated tokens.</summary>
    public static ArchiveTable Sources { get; } = new(
        "source", C("id"), C("namespace"), C("name", Text), C("documents"), C("chunks"), C("tokens"));

    /// <summary>Where sources lay when they were last listed as a whole: absolute paths.</summary>
    public static ArchiveTable Places { get; } = new("source_place", C("id"), C("place", Text));

    /// <summary>Source ids that differ from the id of their document.</summary>
    public static ArchiveTable SourceIds { get; } = new("source_id", C("id"), C("namespace"), C("value", Text));

    /// <summary>The history of runs with their reports.</summary>
    public static ArchiveTable Runs { get; } = new(
        "run", C("id"), C("namespace"), C("command", Text), C("sources", Text), C("started_at"), C("finished_at"),
        C("outcome"), C("complete"), C("report", Text));

    /// <summary>Which generation answers from which commit on.</summary>
    public static ArchiveTable Promotions { get; } = new(
        "promotion", C("namespace"), C("sequence"), C("generation"), C("at"));

    /// <summary>Which run committed which sequence, and when.</summary>
    public static ArchiveTable Commits { get; } = new("commit_log", C("namespace"), C("sequence"), C("run"), C("at"), C("total"));

    /// <summary>The last state of every document, tombstones among them.</summary>
    public static ArchiveTable Documents { get; } = new(
        "document", C("key"), C("namespace"), C("id", Text), C("state"), C("repeats"), C("source"), C("source_id"),
        C("sequence"), C("chunks"), C("token", Bytes), C("text_hash", Bytes), C("run"), C("version"), C("modified_at"),
        C("expires_at"), C("tier", Text), C("metadata", Text), C("seal"));

    /// <summary>Texts that chunks do not add up to.</summary>
    public static ArchiveTable Texts { get; } = new("document_text", C("document"), C("text", Text));

    /// <summary>The chunks of each document in order: keys, spans in UTF-16 code units, headings.</summary>
    public static ArchiveTable Layouts { get; } = new(
        "layout", C("generation"), C("document"), C("sequence"), C("is_partition"), C("tokens"), C("entries", Layout))
    {
        Condition = OfBuilt,
    };

    /// <summary>Chunks with the commit sequences from and to which they are valid.</summary>
    public static ArchiveTable Chunks { get; } = new(
        "chunk", C("key"), C("generation"), C("document"), C("occurrence"), C("from_sequence"), C("to_sequence"),
        C("input", Bytes), C("text", Text), C("seal"))
    {
        Condition = OfBuilt,
    };

    /// <summary>Former states of documents.</summary>
    public static ArchiveTable History { get; } = new(
        "document_history", C("key"), C("document"), C("from_sequence"), C("to_sequence"), C("generation"), C("source"),
        C("source_id"), C("run"), C("text_hash", Bytes), C("version"), C("modified_at"), C("expires_at"), C("tier", Text),
        C("metadata", Text), C("is_partition"), C("entries", Layout), C("text", Text),
        C("ended"), C("seal"));

    /// <summary>Vectors by embedding space and SHA-256 of their input.</summary>
    public static ArchiveTable Embeddings { get; } = new(
        "embedding", C("space"), C("input", Bytes), C("stored_at"), C("run"), C("cause"), C("tokens"), C("vector", Vector), C("seal"));

    /// <summary>What was paid, by month, run, space and cause.</summary>
    public static ArchiveTable Ledger { get; } = new(
        "ledger", C("month"), C("run"), C("space"), C("cause"), C("at"), C("requests"), C("inputs"), C("tokens"),
        C("estimated"), C("price"), C("cost"), C("unpriced"));

    /// <summary>Inputs that a model refused.</summary>
    public static ArchiveTable Quarantine { get; } = new(
        "quarantine", C("namespace", Text), C("document", Text), C("space", Text), C("input", Bytes), C("code", Text),
        C("message", Text), C("since"));

    /// <summary>How many changes took how long, by hour.</summary>
    public static ArchiveTable Freshness { get; } = new(
        "freshness", C("namespace"), C("hour"), C("kind"), C("lag"), C("changes"));

    /// <summary>
    /// Without leases and revisions, which mean something to the store only that handed them out: what a worker had in hand is
    /// due in the copy when its lease would have ended.
    /// </summary>
    public static ArchiveTable Queue { get; } = new(
        "queue", C("namespace"), C("source", Text), C("document", Text), C("source_id", Text), C("priority"), C("available"),
        C("dead"), C("attempts"), C("losses"), C("enqueued_at"), C("version"), C("modified_at"), C("is_delete"), C("bytes"),
        C("code", Text), C("message", Text), C("remedy", Text), C("payload", Text), C("seal"));

    /// <summary>Legal holds, and what was forgotten.</summary>
    public static ArchiveTable Safeguards { get; } = new(
        "safeguard", C("id"), C("namespace"), C("kind", Text), C("scope", Text), C("name", Text), C("note", Text), C("since"));

    /// <summary>The salt of what was forgotten, and the key that signs receipts.</summary>
    public static ArchiveTable Secrets { get; } = new("secret", C("id"), C("salt", Text), C("signing_key", Text));

    /// <summary>Golden queries with what they should find.</summary>
    public static ArchiveTable GoldenQueries { get; } = new(
        "golden_query", C("id"), C("namespace"), C("query", Text), C("filter", Text), C("expected", Text), C("must"), C("since"));

    /// <summary>What they got, and when.</summary>
    public static ArchiveTable GoldenRuns { get; } = new(
        "golden_run", C("id"), C("namespace"), C("generation"), C("at"), C("metric", Text), C("queries"), C("labelled"), C("missed"),
        C("score"), C("results", Text));

    /// <summary>What a service remembers: keys of its callers, what they did.</summary>
    public static ArchiveTable ServiceEntries { get; } = new(
        "service_entry", C("kind", Text), C("key", Text), C("value", Text), C("at"), C("expires_at"));

    /// <summary>In the order in which they are read and written.</summary>
    public static IReadOnlyList<ArchiveTable> All { get; } =
    [
        Namespaces, Spaces, Generations, Promotions, Sources, Places, SourceIds, Runs, Commits, Documents, Texts, Layouts, Chunks, History,
        Embeddings, Ledger, Quarantine, Freshness, Queue, Safeguards, Secrets, GoldenQueries, GoldenRuns,
        ServiceEntries,
    ];

    private static ArchiveColumn C(string name, ArchiveKind kind = Number) => new(name, kind);
}
