namespace Tidemark.Cli.Composition;

internal static class ExtractorChoice
{
    public static string Fingerprint => "";
}
