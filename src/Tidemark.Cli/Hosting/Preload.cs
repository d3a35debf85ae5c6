using System.Text.Json;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// Makes ready what writes JSON, in which every run notes its row and its report: a second processor does that while the first reads
/// the arguments. It is a fifteenth of a call that finds nothing to do.
/// </summary>
internal static class Preload
{
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1)
        {
            new Thread(Write) { IsBackground = true }.Start();
        }
    }

    private static void Write()
    {
        JsonEncodedText.Encode("text");
        using var nowhere = new Utf8JsonWriter(Stream.Null, JsonOutput.Options);
        nowhere.WriteStartObject();
        nowhere.WriteString("name", "text");
        nowhere.WriteNumber("number", 1);
        nowhere.WriteEndObject();
    }
}
