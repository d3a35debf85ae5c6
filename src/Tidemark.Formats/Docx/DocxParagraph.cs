using System.Text;

namespace Tidemark.Formats;

/// <summary>One paragraph while it is read: its text so far, and what its own properties say.</summary>
internal sealed class DocxParagraph
{
    private readonly StringBuilder _text = new();

    public string? Style { get; set; }

    public int? Outline { get; set; }

    public int? List { get; set; }

    public int? Level { get; set; }

    public void Append(string text) => _text.Append(text);

    public void Append(char c) => _text.Append(c);

    /// <summary>With its white space, for code.</summary>
    public string Verbatim => _text.ToString().TrimEnd();

    /// <summary>Lines trimmed, empty ones at both ends left out.</summary>
    public string Text => string.Join('\n', _text.ToString().Split('\n', StringSplitOptions.TrimEntries)).Trim('\n');
}
