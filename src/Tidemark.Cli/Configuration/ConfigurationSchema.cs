namespace Tidemark.Cli.Configuration;

/// <summary>The JSON schema of <c>tidemark.json</c>, which editors complete and check by.</summary>
internal static class ConfigurationSchema
{
    public const string FileName = "tidemark.schema.json";

    /// <summary>Puts it where <see cref="StarterConfiguration"/> points to.</summary>
    public static void WriteInto(string folder)
    {
        var directory = Path.Combine(folder, ".tidemark");
        Directory.CreateDirectory(directory);
        using var schema = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var file = File.Create(Path.Combine(directory, FileName));
        schema.CopyTo(file);
    }
}
