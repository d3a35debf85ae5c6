using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tidemark.Formats;

/// <summary>What a cell of code gave out, as far as it is text.</summary>
internal static partial class NotebookOutput
{
    public static string TextOf(JsonElement output) => NotebookText.TextIn(output, "output_type") switch
    {
        "stream" => Fence(NotebookText.TextIn(output, "text")),
        "execute_result" or "display_data" or "pyout" => OfData(output),
        "error" or "pyerr" => Fence($"{NotebookText.TextIn(output, "ename")}: {NotebookText.TextIn(output, "evalue")}"),
        _ => "",
    };

    /// <summary>The same thing is there in several formats, the best of which is text to read.</summary>
    private static string OfData(JsonElement output)
    {
        var data = output.TryGetProperty("data", out var named) && named.ValueKind == JsonValueKind.Object ? named : output;
        return NotebookText.TextIn(data, "text/markdown")
            ?? (data.EnumerateObject().Any(format => format.Name.StartsWith("image/", StringComparison.Ordinal) || format.Name is "png" or "jpeg" or "svg")
                ? ""
                : Fence(NotebookText.TextIn(data, "text/plain") ?? NotebookText.TextIn(data, "text") ?? NotebookText.TextIn(data, "text/latex")));
    }

    private static string Fence(string? text) => NotebookText.Fence(Escapes().Replace(text ?? "", ""), "text");

    /// <summary>Colours of a terminal (ECMA-48, 5.4).</summary>
    [GeneratedRegex("\u001B\\[[0-?]*[ -/]*[@-~]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escapes();
}
