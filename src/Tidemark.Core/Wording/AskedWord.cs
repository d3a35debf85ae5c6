namespace Tidemark.Wording;

/// <summary>One distinct word of a query.</summary>
/// <param name="Text">As an index has it.</param>
/// <param name="Weight">What it counts, beside 1 for a word that stands alone: parts of a name count less than the name.</param>
/// <param name="IsOptional">It only adds to what is found by others.</param>
public sealed record AskedWord(string Text, double Weight, bool IsOptional)
{
    /// <summary>The word that this is a part of, which is looked for instead wherever that one stands; null: it is none.</summary>
    public string? Whole { get; init; }

    /// <summary>The stem that is asked for because of this word, which itself only adds to it; null: there is none.</summary>
    public string? Stem { get; init; }
}
