namespace Tidemark.Formats;

/// <summary>What a paragraph's style says of it.</summary>
internal sealed record DocxStyle
{
    public static DocxStyle Plain { get; } = new();

    public string Name { get; init; } = "";

    public string? BasedOn { get; init; }

    /// <summary>0 for the highest heading; null: no heading.</summary>
    public int? Outline { get; init; }

    public int? List { get; init; }

    public int? Level { get; init; }

    /// <summary>Whether its text is hidden.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Lines whose white space means something.</summary>
    public bool IsCode =>
        Name.Contains("code", StringComparison.OrdinalIgnoreCase)
        || Name.Contains("preformatted", StringComparison.OrdinalIgnoreCase);
}
