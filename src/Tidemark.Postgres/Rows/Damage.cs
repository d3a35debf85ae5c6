namespace Tidemark.Postgres.Rows;

/// <summary>The error of a row that is not what was written.</summary>
internal static class Damage
{
    public static TidemarkException Of(string thing, string what) => new(
        ErrorCodes.StoreCorrupt,
        $"'{thing}' is damaged: {what}",
        "run 'VerifyAsync(SOURCE, Repair)' with the source that it came from: that writes it anew, without embedding what is stored");
}
