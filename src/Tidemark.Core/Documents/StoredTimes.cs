namespace Tidemark.Documents;

/// <summary>Where stores keep times, and what stands in the place of one that is none. Both stores have these columns.</summary>
public static class StoredTimes
{
    /// <summary>
    /// The table, the column, and what a repair puts there: nothing, another column of the row, or the beginning of all times. What is
    /// derived from a document's row says so by its seal, and is written anew from its source.
    /// </summary>
    public static IReadOnlyList<(string Table, string Column, string Instead)> All { get; } =
    [
        ("document", "modified_at", Nothing),
        ("document", "expires_at", Nothing),
        ("document_history", "modified_at", Nothing),
        ("document_history", "expires_at", Nothing),
        ("run", "started_at", $"case when finished_at between {StoredValue.LeastTime} and {StoredValue.MostTime} then finished_at else 0 end"),
        ("run", "finished_at", "started_at"),
        ("commit_log", "at", Beginning),
        ("embedding", "stored_at", Beginning),
        ("ledger", "at", Beginning),
        ("quarantine", "since", Beginning),
        ("queue", "available", Beginning),
        ("queue", "enqueued_at", Beginning),
        ("queue", "modified_at", Nothing),
        ("outbox", "at", Beginning),
        ("golden_run", "at", Beginning),
        ("service_entry", "at", Beginning),
        ("service_entry", "expires_at", Beginning),
    ];

    private const string Nothing = "null", Beginning = "0";
}
