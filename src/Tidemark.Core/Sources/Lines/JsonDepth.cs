using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Why a line could not be parsed: it nests too deeply, which is a matter of a limit, or it is no JSON.</summary>
internal static class JsonDepth
{
    public static bool IsOver(ReadOnlySpan<byte> json, int most)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth > most)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // What stands before the fault does not nest too deeply.
        }

        return false;
    }
}
