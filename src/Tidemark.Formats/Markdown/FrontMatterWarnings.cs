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

    /// <summary>Of a key only the first line can be read: what is indented below it belongs to nothing.</summary>
    public void Indented(FrontMatterEntry entry)
    {
        var (behind, any) = (entry.Line + 1, false);
        foreach (var (line, key) in entry.Indented())
        {
            any = true;
            Add(
                $"line {line} of '{path}': '{Clip(key)}' in the front matter is indented below '{Clip(entry.Key)}', which has a value "
                + "already, and was left out",
                "begin it at the margin");
        }

        if (!any)
        {
            Add(
                $"line {behind} of '{path}': what follows the value of '{Clip(entry.Key)}' in the front matter cannot be read and was left out",
                "begin a key of its own at the margin, or put the whole value in quotes");
        }
    }

    /// <param name="front">How sure it is where it lies.</param>
    /// <param name="line">The number of the line behind its content.</param>
    public void Extent(FrontMatter front, int line)
    {
        if (front.Extent == FrontMatterExtent.Nearly)
        {
            Add(
                $"line {line} of '{path}': this line was taken for the end of the front matter, though it is not written as one",
                "close it with a line '---' at the margin, three dashes and nothing else");
        }
        else if (front.Extent == FrontMatterExtent.Open)
        {
            Add(
                $"line {front.Line - 1} of '{path}': the front matter that begins here is never closed; its keys were taken, and its lines are "
                + "text as well",
                "close it with a line '---' of its own");
        }
        else if (front.Extent == FrontMatterExtent.Unopened)
        {
            Add(
                $"line {front.Line - 1} of '{path}': what follows looks like front matter, which this line does not begin; it was taken as text",
                "open it with a line '---' at the margin, three dashes and nothing else");
        }
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
