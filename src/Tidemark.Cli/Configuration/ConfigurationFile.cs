using System.Text.Json;

namespace Tidemark.Cli.Configuration;

/// <summary>Reads <c>tidemark.json</c> into a layer; comments and trailing commas are allowed.</summary>
internal static class ConfigurationFile
{
    public const string Name = "tidemark.json";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 16,
    };

    /// <summary>Looks in <paramref name="folder"/> and above it.</summary>
    public static string? Find(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            var path = Path.Combine(at, Name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: not readable, or not JSON at all.</exception>
    public static SettingLayer Read(string path)
    {
        var layer = new SettingLayer(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            new ConfigurationFileReader(layer).Read(json.RootElement);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException(
            [
                new($"'{path}' is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}",
                    "correct that place; comments and trailing commas are allowed"),
            ]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                [new($"'{path}' cannot be read: {e.Message}", "make it a readable file, or remove it")]);
        }

        return layer;
    }
}
