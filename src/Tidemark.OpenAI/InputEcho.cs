namespace Tidemark.OpenAI;

/// <summary>Whether what a provider says repeats a text that it was sent, which may hold a secret. Pure.</summary>
internal static class InputEcho
{
    /// <summary>As many characters in a row are of the text, and no chance.</summary>
    private const int Run = 12;

    /// <summary>A word with a digit that is as long is more often a secret than a number of both.</summary>
    private const int Word = 6;

    private static readonly char[] Between = [' ', '\t', '\'', '"', '`', ',', ';', ':', '(', ')', '[', ']', '{', '}', '=', '<', '>'];

    public static bool IsIn(string message, IReadOnlyList<string> texts)
    {
        for (var i = 0; i + Run <= message.Length; i++)
        {
            if (Holds(texts, message.Substring(i, Run)))
            {
                return true;
            }
        }

        return message.Split(Between, StringSplitOptions.RemoveEmptyEntries)
                .Any(word => word.Length >= Word && word.Any(char.IsDigit) && Holds(texts, word))
            || texts.Any(text => text.Trim() is { Length: > 2 and < Run } whole && message.Contains(whole, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Holds(IReadOnlyList<string> texts, string part) =>
        texts.Any(text => text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
