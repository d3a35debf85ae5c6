using System.Collections;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Composition.Configuration;
using Tidemark.Files;
using Tidemark.Records;

namespace Tidemark.Composition.Trust;

/// <summary>
/// The configuration files that this user trusted, one small file each in the user's configuration folder, so that two
/// processes never write the same one at once.
/// </summary>
internal sealed class TrustedFiles(IDictionary environment, TimeProvider clock)
{
    private const string Arrow = " → ";

    private const int MostBytes = 64 << 10;

    /// <summary>By what a store is known that keeps its vectors somewhere: one entry for each such place.</summary>
    public static string SubjectOf(string store, string location) => store + Arrow + location.Replace("/", "%2F", StringComparison.Ordinal);

    public bool Holds(string file, string settings) =>
        Read(PlaceOf(file)) is { } known && known.Path == Canonical(file) && known.Settings == settings;

    /// <exception cref="TidemarkException">It cannot be kept.</exception>
    public void Add(string file, string settings)
    {
        var place = PlaceOf(file);
        var beside = $"{place}.{Path.GetRandomFileName()}.tmp";
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(place)!);
            using (var stream = PrivateFile.Create(beside))
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("file", Canonical(file));
                json.WriteString("settings", settings);
                json.WriteString("at", Rfc3339.Of(clock.GetUtcNow()));
                json.WriteEndObject();
            }

            File.Move(beside, place, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(place, e);
        }
    }

    /// <returns>False: it was not trusted.</returns>
    /// <exception cref="TidemarkException">It cannot be forgotten.</exception>
    public bool Remove(string file)
    {
        var place = PlaceOf(file);
        try
        {
            var was = File.Exists(place);
            File.Delete(place);
            var places = All().Where(one => one.Path.StartsWith(Canonical(file) + Arrow, StringComparison.Ordinal)).Select(one => PlaceOf(one.Path)).ToList();
            places.ForEach(File.Delete);
            return was || places.Count > 0;
        }
        catch (Exception e) when (e is DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(place, e);
        }
    }

    public IReadOnlyList<TrustedFile> All()
    {
        var folder = Folder();
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<TrustedFile>().OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>Links in the folder's path do not count; the file's own name does.</summary>
    private static string Canonical(string file) =>
        Path.GetDirectoryName(file) is { } folder && RealPath.Of(folder) is { } real
            ? Path.Combine(real, Path.GetFileName(file))
            : file;

    /// <returns>Null: there is none, or it is not this user's.</returns>
    private static TrustedFile? Read(string place)
    {
        try
        {
            using var file = RegularFile.Open(place);
            if (FileFacts.Of(file).Owner is { } owner && owner != FileFacts.CurrentUser && owner != 0)
            {
                return null;
            }

            using var json = JsonDocument.Parse(RegularFile.ReadAll(file, MostBytes));
            return new TrustedFile(
                json.RootElement.GetProperty("file").GetString()!,
                json.RootElement.GetProperty("settings").GetString()!,
                json.RootElement.GetProperty("at").GetDateTimeOffset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static TidemarkException CannotWrite(string place, Exception e) => new(
        ErrorCodes.OutputFailed,
        $"what is trusted cannot be kept in '{place}': {e.Message}",
        "make that folder writable, name another one with XDG_CONFIG_HOME, or set TIDEMARK_TRUST=1 for this call",
        e);

    private string PlaceOf(string file)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(file))))[..32];
        return Path.Combine(Folder(), name + ".json");
    }

    private string Folder() => Path.Combine(UserFolders.Configuration(environment), "tidemark", "trusted");
}
