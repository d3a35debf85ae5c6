namespace Tidemark.Server.Problems;

/// <summary>A request that cannot be answered, for a reason that only HTTP knows.</summary>
/// <param name="status">Of the answer.</param>
/// <param name="code">As the page on the service lists it.</param>
internal sealed class HttpProblem(int status, string code, string message, string remedy) : TidemarkException(code, message, remedy)
{
    public int Status => status;

    /// <summary>When to come again; null: nothing is said.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
