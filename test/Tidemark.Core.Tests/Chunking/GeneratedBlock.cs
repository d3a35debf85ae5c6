namespace Tidemark.Chunking;

/// <summary>A block of a generated document: its sentences between what marks it.</summary>
internal sealed record GeneratedBlock(string Before, IReadOnlyList<string> Sentences, string After)
{
    /// <summary>Whether edits of sentences and paragraphs leave the block structure whole here.</summary>
    public bool IsProse { get; init; } = true;

    public bool IsItem { get; init; }

    public string Text => Before + string.Join(' ', Sentences) + After;
}
