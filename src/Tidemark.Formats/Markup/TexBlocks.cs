using System.Text;

namespace Tidemark.Formats;

/// <summary>Environments of LaTeX by their name.</summary>
internal static class TexBlocks
{
    public static TexBlock KindOf(string name) => name.TrimEnd('*') switch
    {
        "verbatim" or "Verbatim" or "lstlisting" or "minted" or "alltt" => TexBlock.Verbatim,
        "equation" or "align" or "displaymath" or "gather" or "multline" or "eqnarray" or "math" or "flalign" => TexBlock.Formula,
        "itemize" or "enumerate" or "description" => TexBlock.List,
        "tabular" or "tabularx" or "longtable" or "tabulary" => TexBlock.Table,
        "comment" or "tikzpicture" or "filecontents" => TexBlock.Dropped,
        _ => TexBlock.Text,
    };

    public static bool BeginsVerbatim(ReadOnlySpan<char> line) => Names(line, "\\begin{");

    public static bool EndsVerbatim(ReadOnlySpan<char> line) => Names(line, "\\end{");

    public static string LanguageOf(string name, TexReader reader)
    {
        var option = reader.Option();
        if (name == "minted")
        {
            return reader.Group();
        }

        var at = option.IndexOf("language=", StringComparison.Ordinal);
        var language = at < 0 ? "" : option[(at + "language=".Length)..].Split(',', ']')[0].Trim('{', '}', ' ').ToLowerInvariant();
        return language.All(c => char.IsLetterOrDigit(c) || c is '+' or '#') ? language : "";
    }

    public static void SkipColumns(string name, TexReader reader)
    {
        reader.Option();
        reader.Group();
        if (name.TrimEnd('*') is "tabularx" or "tabulary")
        {
            reader.Group();
        }
    }

    public static string Rows(string table, char cellMark, char rowMark)
    {
        var text = new StringBuilder();
        foreach (var row in table.Split(rowMark))
        {
            if (string.IsNullOrWhiteSpace(row.Replace(cellMark, ' ')))
            {
                continue;
            }

            var cells = row.Split(cellMark);
            var isFirst = text.Length == 0;
            text.Append("| ").AppendJoin(" | ", cells.Select(CellText.OneLine)).Append(" |\n");
            if (isFirst)
            {
                text.Append('|').Insert(text.Length, " --- |", cells.Length).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool Names(ReadOnlySpan<char> line, string mark)
    {
        var at = line.IndexOf(mark);
        if (at < 0)
        {
            return false;
        }

        var name = line[(at + mark.Length)..];
        var end = name.IndexOf('}');
        return end > 0 && KindOf(name[..end].ToString()) == TexBlock.Verbatim;
    }
}
