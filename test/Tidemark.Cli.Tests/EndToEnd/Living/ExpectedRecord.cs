namespace Tidemark.Cli.Tests.EndToEnd.Living;

/// <summary>The newest version of a record that was put into the queue.</summary>
/// <param name="Text">Null: a tombstone.</param>
/// <param name="Ends">When it expires; null: never.</param>
internal sealed record ExpectedRecord(int Version, string? Text, DateTimeOffset? Ends)
{
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(1.5);

    public bool IsThere(DateTimeOffset moment) => Text is not null && !(Ends <= moment);

    public bool IsEnding(DateTimeOffset moment) => Ends is { } ends && (ends - moment).Duration() < Around;
}
