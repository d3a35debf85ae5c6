namespace Tidemark.Embedding;

/// <summary>How a provider is asked: how much at once, how often, how long to wait, how long to put up with it.</summary>
public sealed record EmbeddingRequestOptions
{
    /// <summary>Requests under way at the same time.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Estimated tokens in one request; OpenAI takes 300,000.</summary>
    public int BatchTokens { get; init; } = 100_000;

    /// <summary>Null: no limit of ours.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Null: no limit of ours.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The whole of one request, its answer's last byte included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often one request is sent before something else is tried, while the provider answers others.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>A provider that gives no vector for so long ends the run.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether a text of our own is sent first in each run, to see that the model still is the one it was.</summary>
    public bool Canary { get; init; } = true;
}
