using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Files;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Plans;

/// <summary>Writes a plan for people to read and for <c>apply</c> to do.</summary>
internal static class PlanWriter
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Before the work is done whose result could not be kept: a link is replaced, what else is no file is somebody's.</summary>
    /// <returns>Whether there is a link that will be replaced.</returns>
    /// <exception cref="TidemarkException"><c>output.failed</c>: there is something that is no file.</exception>
    public static bool Check(string path)
    {
        try
        {
            var found = FileFacts.Of(path, follow: false)?.Type;
            return found is FileType.Folder or FileType.Other
                ? throw new IOException(found == FileType.Folder ? "it is a folder" : "it is a pipe or a device, not a file")
                : found == FileType.Link;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
    }

    /// <exception cref="TidemarkException"><c>output.failed</c>: the file cannot be written.</exception>
    public static void Write(string path, SavedPlan saved)
    {
        Check(path);

        // Beside it first, so that there is never half a plan under the name.
        var beside = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = PrivateFile.Create(beside))
            {
                using var json = new Utf8JsonWriter(file, Readable);
                Write(json, saved);
                json.Flush();
                file.Write(Encoding.UTF8.GetBytes("\n"));
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw Failed(path, e);
        }
    }

    private static TidemarkException Failed(string path, Exception e) => new(
        ErrorCodes.OutputFailed, $"the plan cannot be written to '{path}': {e.Message}",
        "name a file in a folder that can be written", e);

    private static void Write(Utf8JsonWriter json, SavedPlan saved)
    {
        json.WriteStartObject();
        json.WriteString("format", SavedPlan.Format);
        json.WriteNumber("version", SavedPlan.Version);
        json.WriteString("createdAt", Rfc3339.Of(saved.CreatedAt));
        json.WriteString("folder", saved.Folder);
        json.WriteStartArray("arguments");
        foreach (var argument in saved.Arguments)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteStartObject("settings");
        foreach (var (name, value) in saved.Settings)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        ApprovedPlanJson.WriteMembers(json, saved.Plan);
        json.WriteEndObject();
    }
}
