using System.Text;
using System.Text.Json.Nodes;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Writes a text of lines in Markdown's notation, while a format that is read line by line is gone through.</summary>
internal sealed class LineWriter
{
    private readonly StringBuilder _text = new();
    private readonly JsonObject _metadata = [];
    private string? _fence;
    private bool _blank = true;

    /// <summary>Whether code is being written, whose lines mean nothing.</summary>
    public bool InFence => _fence is not null;

    public void Line(ReadOnlySpan<char> line)
    {
        var isBlank = line.IsWhiteSpace();
        if (isBlank && _blank && _fence is null)
        {
            return;
        }

        _text.Append(line.TrimEnd()).Append('\n');
        _blank = isBlank;
    }

    public void Blank() => Line("");

    public void Heading(int level, ReadOnlySpan<char> title)
    {
        Blank();
        Line($"{new string('#', Math.Clamp(level, 1, 6))} {title.Trim()}");
        Blank();
    }

    /// <param name="language">Empty: not known.</param>
    public void Open(ReadOnlySpan<char> language)
    {
        Blank();
        _fence = "````";
        Line($"{_fence}{language}");
    }

    public void Close()
    {
        if (_fence is { } fence)
        {
            _fence = null;
            Line(fence);
            Blank();
        }
    }

    /// <summary>What the document says of itself; of what is said twice, all of it.</summary>
    public void Say(string name, ReadOnlySpan<char> value)
    {
        var said = value.Trim().ToString();
        if (said.Length > 0 && !said.Contains('\0', StringComparison.Ordinal))
        {
            _metadata[name] = _metadata.TryGetPropertyValue(name, out var known) ? $"{known!.GetValue<string>()} {said}" : said;
        }
    }

    public bool Says(string name) => _metadata.ContainsKey(name);

    public ExtractedText ToText()
    {
        Close();
        var text = _text.ToString().TrimEnd('\n');
        return new ExtractedText(
            text.Length == 0 ? "" : text + "\n",
            _metadata.Count == 0 ? DocumentMetadata.Empty : MetadataCanonicalizer.Parse(_metadata.ToJsonString()));
    }
}
