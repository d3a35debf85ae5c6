namespace Tidemark.Chroma;

/// <summary>How a Chroma server is asked.</summary>
public sealed record ChromaOptions
{
    /// <summary>Sent as <c>X-Chroma-Token</c>, never stored or shown; null: none.</summary>
    public string? Token { get; init; }

    /// <summary>How long one request may take; a server that writes its graph to disk takes its time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Hears, as a sentence, of a server that has let wait for long, and again each time as long; null: nobody listens.</summary>
    public Action<string>? OnSilence { get; init; }

    /// <summary>How long a server lets wait before that is told.</summary>
    public TimeSpan SilenceAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is sent that fails for a moment.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(150);
}
