namespace Tidemark.Composition.Configuration;

/// <summary>
/// One setting of <c>tidemark.json</c>: what it is called, what it may be, what it means. The reader, the environment,
/// the flags, the JSON schema and <c>docs/configuration.md</c> all come from these.
/// </summary>
/// <param name="Path">Names from the root, joined by dots: <c>chunking.size</c>.</param>
/// <param name="Description">One sentence, in Markdown.</param>
internal sealed record SettingDefinition(string Path, SettingKind Kind, string Description)
{
    /// <summary>As a person would write it; null: there is none.</summary>
    public string? Default { get; init; }

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Of a <see cref="SettingKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A list of one text must be written as a list too.</summary>
    public bool IsListOnly { get; init; }

    /// <summary>A shorter environment variable that other tools share.</summary>
    public string? Variable { get; init; }
}

internal enum SettingKind
{
    Text,
    Choice,
    Integer,
    Number,
    Flag,

    /// <summary>A list of texts; in the environment separated by commas.</summary>
    Texts,
}
