namespace Tidemark.Embedding;

/// <summary>Why one input has no vector, although the model gives others.</summary>
/// <param name="IsPoison">It is not sent again until its content changes or it is asked for.</param>
/// <param name="Since">When an earlier run met it; null: this one did.</param>
public sealed record InputRefusal(
    string Code, string Message, string Remedy, bool IsPoison, DateTimeOffset? Since = null)
{
    internal static InputRefusal Of(QuarantinedInput known) => new(
        known.Code, known.Message, "change the text, or run sync with --force to send it again", IsPoison: true, known.Since);
}
