namespace Tidemark.Embedding;

/// <summary>Why one input has no vector, although the model gives others.</summary>
/// <param name="IsPoison">It is not sent again until its content changes or it is asked for.</param>
/// <param name="Since">When an earlier run met it; null: this one did.</param>
public sealed record InputRefusal(
    string Code, string Message, string Remedy, bool IsPoison, DateTimeOffset? Since = null)
{
    /// <summary>What helps against one that an earlier run met.</summary>
    internal const string Remedies =
        "change the text, or sync its source with SyncOptions.RetryRefused, which sends what was refused again, and nothing else";

    internal static InputRefusal Of(QuarantinedInput known) => new(known.Code, known.Message, Remedies, IsPoison: true, known.Since);
}
