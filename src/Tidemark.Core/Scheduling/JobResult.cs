namespace Tidemark.Scheduling;

/// <summary>What came of a job.</summary>
/// <param name="Outcome">One word: <c>succeeded</c>, <c>partial</c>, <c>drift</c>, <c>failed</c>.</param>
/// <param name="Trouble">
/// What somebody should know of; null: it is as it should be. It is kept, so no document is named in it: what is forgotten is not looked for there.
/// </param>
public sealed record JobResult(string Outcome, string? Trouble = null)
{
    /// <summary>It was stopped, and is to be done again.</summary>
    internal const string Cancelled = "cancelled";

    /// <summary>More of it, for logs; it is not kept. Null: there is no more.</summary>
    public string? Detail { get; init; }

    /// <summary>All was done.</summary>
    public static readonly JobResult Succeeded = new("succeeded");

    /// <summary>It could not be done.</summary>
    public static JobResult Failed(TidemarkException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new JobResult("failed", $"it could not be done [{failure.Code}]") { Detail = $"{failure.Message}; {failure.Remedy}" };
    }
}
