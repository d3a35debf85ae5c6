namespace Tidemark.Formats;

/// <summary>Imports and exports of an MDX document: they stand at the margin behind a blank line, and end with one outside of brackets.</summary>
internal sealed class MdxModule(string text)
{
    /// <summary>Characters that may be looked through in vain, for each of the text.</summary>
    private const int MostInVain = 16;

    private long _inVain;

    /// <returns>Where it ends that begins at <paramref name="start"/>, which is at a line's; null: none does.</returns>
    public int? EndOf(int start)
    {
        var rest = text.AsSpan(start);
        if (!rest.StartsWith("import ") && !IsExport(rest))
        {
            return null;
        }

        var end = EndOf(rest);
        return IsExport(rest) || IsImport(rest[..end]) ? start + end : null;
    }

    private static bool IsExport(ReadOnlySpan<char> text) =>
        text.StartsWith("export default ") || text.StartsWith("export const ") || text.StartsWith("export let ")
        || text.StartsWith("export var ") || text.StartsWith("export function ") || text.StartsWith("export async ")
        || text.StartsWith("export class ") || text.StartsWith("export {") || text.StartsWith("export *");

    /// <summary>A sentence may begin with the word too; it names no module.</summary>
    private static bool IsImport(ReadOnlySpan<char> statement)
    {
        var rest = statement["import ".Length..].TrimStart();
        return rest is ['"' or '\'', ..] || rest.Contains(" from \"", StringComparison.Ordinal)
            || rest.Contains(" from '", StringComparison.Ordinal);
    }

    private int EndOf(ReadOnlySpan<char> rest)
    {
        var (depth, blank) = (0, -1);
        for (var at = 0; at < rest.Length;)
        {
            var length = rest[at..].IndexOf('\n') is >= 0 and var end ? end + 1 : rest.Length - at;
            var line = rest.Slice(at, length);
            if (line.IsWhiteSpace())
            {
                blank = blank < 0 ? at : blank;
                if (depth <= 0 || _inVain > (long)MostInVain * text.Length)
                {
                    return at;
                }
            }

            depth += Opened(line);
            at += length;
        }

        if (depth <= 0 || blank < 0)
        {
            return rest.Length;
        }

        // Brackets that are never closed reach no further than the paragraph.
        _inVain += rest.Length;
        return blank;
    }

    private static int Opened(ReadOnlySpan<char> line)
    {
        var depth = 0;
        foreach (var c in line)
        {
            depth += c is '{' or '(' or '[' ? 1 : c is '}' or ')' or ']' ? -1 : 0;
        }

        return depth;
    }
}
