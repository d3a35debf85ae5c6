namespace Tidemark.Queueing;

/// <summary>How it stood with the messages of a broker when somebody took them last, or tried to.</summary>
/// <param name="Hook">What makes documents of them.</param>
/// <param name="Place">The broker and its queue, without secrets.</param>
/// <param name="At">When that was.</param>
public sealed record BrokerReport(string Hook, string Place, DateTimeOffset At)
{
    /// <summary>Why none are taken; null: they are.</summary>
    public string? Trouble { get; init; }
}
