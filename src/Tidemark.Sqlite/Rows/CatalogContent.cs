namespace Tidemark.Sqlite.Rows;

/// <summary>What a row that has copies in <c>catalog</c> says, as they say it.</summary>
internal static class CatalogContent
{
    public const string OfSafeguard = "namespace, kind, scope, name, note, since";

    public const string OfSecret = "salt, signing_key";

    /// <summary>A name that is no text is none of those that were stored.</summary>
    /// <param name="columns">That its table's trigger notes.</param>
    /// <param name="table">The table's letter and a dot, where there are several.</param>
    public static string Of(string columns, string table = "") => $"json_array({string.Join(
        ", ", columns.Split(", ").Select(name => table + name).Select(name => $"iif(typeof({name}) = 'blob', hex({name}), {name})"))})";
}
