using System.Globalization;
using System.Text.Json;
using Tidemark.Files;

namespace Tidemark.Composition.Configuration;

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

    private const int MostBytes = 1_000_000;

    /// <summary>
    /// Looks in <paramref name="folder"/> and above it, as far as the folders belong to the same user, and not above the home
    /// folder: what lies there is somebody else's.
    /// </summary>
    public static string? Find(string folder, string? home)
    {
        var owner = OwnerOf(folder);
        for (var at = folder; at is not null && OwnerOf(at) == owner; at = IsHome(at, home) ? null : Path.GetDirectoryName(at))
        {
            var path = Path.Combine(at, Name);
            if (Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <exception cref="TidemarkException">
    /// <c>configuration.invalid</c>: not readable, or not JSON at all; <c>configuration.untrusted</c>: somebody else's.
    /// </exception>
    public static SettingLayer Read(string path)
    {
        var layer = new SettingLayer(path);
        try
        {
            using var file = RegularFile.Open(path);
            RefuseForeign(path, FileFacts.Of(file).Owner);
            using var json = JsonDocument.Parse(RegularFile.ReadAll(file, MostBytes), Lenient);
            new ConfigurationFileReader(layer).Read(json.RootElement);
        }
        catch (JsonException e) when (e.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            throw new ConfigurationException(
            [
                new(string.Create(CultureInfo.InvariantCulture, $"'{path}' nests deeper than {Lenient.MaxDepth} levels at line {e.LineNumber + 1}"),
                    "no setting lies that deep: correct that place"),
            ]);
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

    /// <summary>Whoever may write the settings decides what runs: that is this user, or the one who may do anything anyway.</summary>
    private static void RefuseForeign(string path, uint? owner)
    {
        if (owner is not null and not 0 && owner != FileFacts.CurrentUser)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationUntrusted,
                $"'{path}' belongs to another user (id {owner}) than the one who runs this (id {FileFacts.CurrentUser})",
                "run it as that user, take the file over with 'chown' after reading it, or work in another folder");
        }
    }

    private static bool Exists(string path)
    {
        try
        {
            // Whatever it is: what cannot be read is an error, not settings that nobody gave.
            return FileFacts.Of(path, follow: false) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // reading it says what is the matter
        }
    }

    private static uint? OwnerOf(string folder)
    {
        try
        {
            return FileFacts.Of(folder, follow: true)?.Owner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsHome(string folder, string? home) =>
        home is not null && (Path.TrimEndingDirectorySeparator(home) == folder || RealPath.Of(home) == folder);
}
