using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Agents;

/// <summary>Where a search goes on: <c>40.10.1f2e3d4c</c>.</summary>
/// <param name="Depth">How many passages the first page looked at; the order of the documents depends on it.</param>
/// <param name="Offset">How many documents came before.</param>
/// <param name="Question">Of which search: another one cannot be gone on with.</param>
internal readonly record struct SearchCursor(int Depth, int Offset, string Question)
{
    /// <summary>What a search asks, as eight hexadecimal digits.</summary>
    public static string Digest(params IEnumerable<string?> question)
    {
        var text = string.Join('\0', question.Select(part => part is null ? "-" : "+" + part));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }

    /// <exception cref="TidemarkException"><c>usage</c>: it is none, or of another search.</exception>
    public static SearchCursor Parse(string text, string question)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && parts[2] == question
            && SearchDepth.All.Contains(Number(parts[0])) && Number(parts[1]) is >= 0 and <= SearchDepth.Most and var offset
                ? new SearchCursor(Number(parts[0]), offset, question)
                : throw new TidemarkException(
                    ErrorCodes.Usage,
                    $"the cursor '{text}' is not of this search",
                    "give 'nextCursor' of the answer before with the same query, mode and filters, or leave it out to begin anew");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Depth}.{Offset}.{Question}");

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
