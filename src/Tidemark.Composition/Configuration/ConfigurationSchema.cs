using Tidemark.Files;

namespace Tidemark.Composition.Configuration;

/// <summary>The JSON schema of <c>tidemark.json</c>, which editors complete and check by.</summary>
internal static class ConfigurationSchema
{
    /// <summary>Hidden, so that no source takes it for a document.</summary>
    public const string FileName = ".tidemark.schema.json";

    public const string Resource = "tidemark.schema.json";

    /// <summary>Puts it where the configuration that <c>init</c> writes points to: beside the settings, so that a clone has both.</summary>
    public static void WriteInto(string folder)
    {
        // Under another name first: under its own there may be a link that leads to something else.
        var path = Path.Combine(folder, FileName);
        var beside = $"{path}.{Path.GetRandomFileName()}.tmp";
        using (var schema = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(Resource)!)
        using (var file = PrivateFile.Create(beside))
        {
            schema.CopyTo(file);
        }

        File.Move(beside, path, overwrite: true);
    }
}
