using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>What could not be read of a file's front matter, each with its line.</summary>
internal sealed class FrontMatterWarnings(string path)
{
    private const int MostListed = 20;
    private const int MostQuoted = 60;

    private readonly List<ItemWarning> _list = [];
    private int _count;

    /// <summary>Where there are more than are listed, the last one says how many.</summary>
    public IReadOnlyList<ItemWarning> List => _count <= MostListed
        ? _list
        : [.. _list[..(MostListed - 1)], Of(
            $"there is more in the front matter of '{path}' that cannot be read: {_count - MostListed + 1} lines that are not listed here",
            "mend those that are listed, and sync again")];

    public void Unreadable(int line, string key) => Add(
        $"line {line} of '{path}': the value of '{Clip(key)}' in the front matter cannot be read and was left out",
        "put the value in quotes where it has a colon or a hash, or begins with a bracket; close what is opened");

    public void NoKey(int line, ReadOnlySpan<char> text) => Add(
        $"line {line} of '{path}': '{Clip(FirstLineOf(text))}' in the front matter is no 'key: value' and was left out",
        "write 'key: value', or indent the line where it belongs to the one above");

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

    /// <summary>Read, and hardly meant so.</summary>
    /// <param name="first">The number of the line from which the slip counts.</param>
    public void Slip(int first, YamlSlip slip)
    {
        var (line, text) = (first + slip.Line, Clip(slip.Text));
        switch (slip.Kind)
        {
            case YamlSlipKind.Repeated:
                Repeated(line, slip.Text);
                break;
            case YamlSlipKind.Surrounded:
                Add(
                    $"line {line} of '{path}': around the key '{text}' in the front matter stand characters that nobody sees, or a colon too "
                    + "many; they were left out",
                    "write the key anew, a colon and a blank behind it");
                break;
            case YamlSlipKind.Invisible:
                Add(
                    $"line {line} of '{path}': around '{text}' in the front matter stand blanks that are no spaces and belong to the value",
                    "write the value anew; put it in quotes where they are meant");
                break;
            case YamlSlipKind.Item:
                Add(
                    $"line {line} of '{path}': '{text}' in the front matter is no item of a list, for '{Clip(slip.Key)}' has a value already; "
                    + "it was read as more of that value",
                    "begin the list below the key, each item on a line of its own; put the value in quotes where text is meant");
                break;
            default:
                Add(
                    $"line {line} of '{path}': '{text}' in the front matter was read as text, for it lacks a blank",
                    "write 'key: value', or '- item'; put it in quotes where text is meant");
                break;
        }
    }

    /// <summary>A blank that is no space stands behind the colon.</summary>
    public void Unspaced(int line, string key) => Add(
        $"line {line} of '{path}': behind the colon of '{Clip(key)}' in the front matter stands a blank that is no space; it was read as one",
        "write the line anew, with a space behind the colon");

    public void Unclosed(int line, ReadOnlySpan<char> text) => Add(
        $"line {line} of '{path}': '{Clip(FirstLineOf(text))}' in the front matter opens a brace that is never closed; its keys were taken",
        "close it, or write each 'key: value' on a line of its own without the brace");

    /// <summary>The keys do not stand at the margin, nor behind spaces.</summary>
    public void Shifted(int line) => Add(
        $"line {line} of '{path}': the front matter is indented by a tab or what is no space, which YAML does not know; it was read as if "
        + "it stood at the margin",
        "begin each key at the margin");

    /// <param name="front">How sure it is where it lies.</param>
    /// <param name="line">The number of the line behind its content.</param>
    /// <param name="isEmpty">Whether no key of it could be taken.</param>
    public void Extent(FrontMatter front, int line, bool isEmpty)
    {
        switch (front.Extent)
        {
            case FrontMatterExtent.Nearly:
                AddFirst(
                    $"line {line} of '{path}': this line was taken for the end of the front matter, though it is not written as one",
                    "close it with a line '---' at the margin, three dashes and nothing else");
                break;
            case FrontMatterExtent.Open:
                AddFirst(
                    $"line {front.Line - 1} of '{path}': the front matter that begins here is never closed; its keys up to line {line - 1} were "
                    + "taken, and its lines are text as well",
                    "close it with a line '---' of its own");
                break;
            case FrontMatterExtent.Doubtful when isEmpty:
                AddFirst(
                    $"line {front.Line - 1} of '{path}': what begins here looks like front matter, and no line of it is 'key: value'; it was "
                    + "taken as text",
                    "write each line 'key: value'; put a blank line below the first one where it is text");
                break;
            case FrontMatterExtent.Doubtful:
                AddFirst(
                    $"line {front.Line - 1} of '{path}': what begins here has keys, as front matter has, and more lines that are none; its "
                    + "keys were taken, and its lines are text as well",
                    "write each line 'key: value'; put a blank line below the first one where it is text");
                break;
            case FrontMatterExtent.Unopened:
                AddFirst(
                    $"line {front.Line - 1} of '{path}': what follows looks like front matter, which this line does not begin; it was taken as text",
                    "open it with a line '---' at the margin, three dashes and nothing else");
                break;
        }
    }

    public void Repeated(int line, string key) => Add(
        $"line {line} of '{path}': '{Clip(key)}' stands more than once in the front matter; the last one counts",
        "leave one of them");

    public void Toml(int line) => Add(
        $"line {line} of '{path}': the front matter between '+++' cannot be read as TOML; it was taken as text",
        "write each line 'key = value', texts in quotes");

    public void TomlLine(int line, string text) => Add(
        $"line {line} of '{path}': '{Clip(text.AsSpan().Trim())}' in the front matter cannot be read as TOML and was left out",
        "write 'key = value', texts in quotes, each key once");

    public void TomlUnclosed(int line, int last) => Unclosed(line, last, "+++");

    public void JsonUnclosed(int line, int last) => Unclosed(line, last, "}");

    public void JsonMember(int line, ReadOnlySpan<char> text) => Add(
        $"line {line} of '{path}': '{Clip(FirstLineOf(text))}' in the front matter cannot be read as JSON and was left out",
        "write '\"name\": value', names and texts in double quotes, a comma between two of them");

    /// <summary>Nothing of it was lost.</summary>
    public void JsonSlip(int line) => Add(
        $"line {line} of '{path}': the front matter is no JSON from here on; its members were read one by one",
        "mend it: a comma between two of them, brackets and braces in pairs");

    public void Json(int line) => Add(
        $"line {line} of '{path}': the front matter cannot be read as JSON from here on; it was taken as text",
        "mend it: names and texts in quotes, a comma between two of them");

    private void Unclosed(int line, int last, string fence) => AddFirst(
        $"line {line} of '{path}': the front matter that begins here is never closed; its keys up to line {last} were taken, and its lines are "
        + "text as well",
        $"close it with a line '{fence}' of its own");

    private void Add(string message, string remedy)
    {
        if (_count++ < MostListed)
        {
            _list.Add(Of(message, remedy));
        }
    }

    /// <summary>What concerns all of it is listed in any case.</summary>
    private void AddFirst(string message, string remedy)
    {
        _count++;
        _list.Insert(0, Of(message, remedy));
    }

    private ItemWarning Of(string message, string remedy) => new(path, ErrorCodes.SourceFrontMatter, message, remedy);

    private static ReadOnlySpan<char> FirstLineOf(ReadOnlySpan<char> text) =>
        text.IndexOf('\n') is >= 0 and var end ? text[..end].Trim() : text.Trim();

    private static string Clip(ReadOnlySpan<char> text) =>
        text.Length <= MostQuoted ? text.ToString() : $"{text[..MostQuoted]}…";
}
