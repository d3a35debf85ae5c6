using System.Text.Json;

namespace Tidemark.Documents;

/// <summary>How deep JSON may nest that comes with documents: one number for all that takes it, keeps it and reads it again.</summary>
public static class JsonNesting
{
    /// <summary>Objects and arrays around a value, the outermost one included.</summary>
    public const int Most = 256;

    /// <summary>What is taken, and what was taken and stands by itself.</summary>
    public static JsonDocumentOptions Parsing { get; } = new() { MaxDepth = Most };

    /// <summary>The same, token by token.</summary>
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = Most };

    /// <summary>What was taken, as a field of an object that was written around it.</summary>
    public static JsonDocumentOptions ParsingWrapped { get; } = new() { MaxDepth = Most + 1 };
}
