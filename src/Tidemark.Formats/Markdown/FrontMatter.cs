namespace Tidemark.Formats;

/// <summary>Where in a text its front matter lies: between a first line <c>---</c> and the next such line, or <c>...</c>.</summary>
/// <param name="Yaml">Without the two lines.</param>
/// <param name="Body">Everything after the second.</param>
internal readonly record struct FrontMatter(Range Yaml, Range Body)
{
    public static FrontMatter? Find(string text)
    {
        if (!text.StartsWith("---", StringComparison.Ordinal) || NextLine(text, 0) is not { } start
            || !IsFence(text.AsSpan(0, start), "---"))
        {
            return null;
        }

        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            var line = text.AsSpan(at, next - at);
            if (IsFence(line, "---") || IsFence(line, "..."))
            {
                return new FrontMatter(start..at, next..);
            }

            at = next;
        }

        return null;
    }

    private static int? NextLine(string text, int at) =>
        text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : null;

    private static bool IsFence(ReadOnlySpan<char> line, string fence) => line.TrimEnd().SequenceEqual(fence);
}
