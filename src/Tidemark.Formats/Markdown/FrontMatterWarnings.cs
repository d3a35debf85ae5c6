using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>What could not be read of a file's front matter, each with its line.</summary>
internal sealed class FrontMatterWarnings(string path)
{
    private const int MostListed = 20;
    private const int MostQuoted = 60;

    private readonly List<ItemWarning> _list = [];

    public IReadOnlyList<ItemWarning> List => _list;

    public void Unreadable(int line, string key) => Add(
        $"line {line} of '{path}': the value of '{Clip(key)}' in the front matter cannot be read and was left out",
        "put the value in quotes where it has a colon or a hash, or begins with a bracket; close what is opened");

    public void NoKey(int line, ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\n');
        Add(
            $"line {line} of '{path}': '{Clip((end < 0 ? text : text[..end]).Trim())}' in the front matter is no 'key: value' and was left out",
            "write 'key: value', or indent the line where it belongs to the one above");
    }

    public void Repeated(int line, string key) => Add(
        $"line {line} of '{path}': '{Clip(key)}' stands more than once in the front matter; the last one counts",
        "leave one of them");

    public void Toml(int line) => Add(
        $"line {line} of '{path}': the front matter is TOML, which is not read; it was taken as text",
        "write it as YAML, between two lines '---'");

    private void Add(string message, string remedy)
    {
        if (_list.Count < MostListed)
        {
            _list.Add(new ItemWarning(path, ErrorCodes.SourceFrontMatter, message, remedy));
        }
    }

    private static string Clip(ReadOnlySpan<char> text) =>
        text.Length <= MostQuoted ? text.ToString() : $"{text[..MostQuoted]}…";
}
