using Tidemark.Files;

namespace Tidemark.Cli.Configuration;

/// <summary>The JSON schema of <c>tidemark.json</c>, which editors complete and check by.</summary>
internal static class ConfigurationSchema
{
    public const string FileName = "tidemark.schema.json";

    /// <summary>Puts it where <see cref="StarterConfiguration"/> points to.</summary>
    public static void WriteInto(string folder)
    {
        var directory = Path.Combine(folder, StoreFolder.OwnName);
        StoreFolder.Make(directory);

        // Beside it first: under its name there may be a link that leads to something else.
        var path = Path.Combine(directory, FileName);
        var beside = $"{path}.{Path.GetRandomFileName()}.tmp";
        using (var schema = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!)
        using (var file = PrivateFile.Create(beside))
        {
            schema.CopyTo(file);
        }

        File.Move(beside, path, overwrite: true);
    }
}
