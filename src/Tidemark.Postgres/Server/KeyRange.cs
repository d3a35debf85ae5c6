using System.Text;

namespace Tidemark.Postgres.Server;

/// <summary>Bounds of the keys that begin with a text, in the order of their bytes.</summary>
internal static class KeyRange
{
    /// <summary>The first key after all of them: the prefix with its last scalar raised by one.</summary>
    /// <returns>Null: there is no bound.</returns>
    public static string? EndOf(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToArray();
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            var next = runes[last].Value == 0xd7ff ? 0xe000 : runes[last].Value + 1;
            if (next <= 0x10ffff)
            {
                return string.Concat(runes[..last]) + new Rune(next);
            }
        }

        return null;
    }
}
