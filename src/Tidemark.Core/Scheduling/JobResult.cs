namespace Tidemark.Scheduling;

/// <summary>What came of a job.</summary>
/// <param name="Outcome">One word: <c>succeeded</c>, <c>partial</c>, <c>drift</c>, <c>failed</c>.</param>
/// <param name="Trouble">What somebody should know of; null: it is as it should be.</param>
public sealed record JobResult(string Outcome, string? Trouble = null)
{
    /// <summary>All was done.</summary>
    public static readonly JobResult Succeeded = new("succeeded");

    /// <summary>It could not be done.</summary>
    public static JobResult Failed(TidemarkException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new JobResult("failed", $"{failure.Message} [{failure.Code}]; {failure.Remedy}");
    }
}
