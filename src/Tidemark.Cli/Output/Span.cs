namespace Tidemark.Cli.Output;

/// <summary>Text with a meaning, which a terminal may colour.</summary>
internal sealed record Span(string Text, Tone Tone = Tone.Normal)
{
    public static implicit operator Span(string text) => new(text);
}

internal enum Tone
{
    Normal,
    Strong,
    Muted,
    Good,
    Warning,
    Bad,

    /// <summary>What somebody looked for.</summary>
    Match,
}
