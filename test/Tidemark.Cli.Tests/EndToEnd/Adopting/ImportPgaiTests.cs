namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>What a vectorizer of pgai made.</summary>
public sealed class ImportPgaiTests : ImportOriginSuite
{
    private protected override Task<ImportOrigin> MakeAsync() => TableImportOrigin.PgaiAsync(Dimensions);
}
