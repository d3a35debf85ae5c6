namespace Tidemark.Postgres.Server;

/// <summary>What a connection has to ask for besides its schema, because of what the database and the role bring along.</summary>
internal sealed record SessionNeeds
{
    /// <summary>What is looked for first: pgvector where most have it, and nothing to put right.</summary>
    public static readonly SessionNeeds Usual = new();

    /// <summary>
    /// Settings with what our work needs of them, by <c>$3</c> and <c>$4</c>: a time after which a statement or a session is ended is meant
    /// for people, and transactions that see one state from begin to end would fail where two workers meet.
    /// </summary>
    public const string Query = """
        array(select needed.name from unnest($3::text[], $4::text[]) as needed(name, value)
              where current_setting(needed.name, true) <> needed.value order by needed.name)
        """;

    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["statement_timeout"] = "0",
        ["lock_timeout"] = "0",
        ["transaction_timeout"] = "0",
        ["idle_in_transaction_session_timeout"] = "0",
        ["idle_session_timeout"] = "0",
        ["default_transaction_isolation"] = "read committed",
    };

    public static string[] Names => [.. Needed.Keys];

    public static string[] Values => [.. Needed.Values];

    /// <summary>All of them are put right, whether they have to be or not.</summary>
    public static SessionNeeds Lifted => Usual with { Settings = Names };

    /// <summary>Where pgvector's types and operators are; nothing else there is looked for.</summary>
    public string ExtensionSchema { get; init; } = "public";

    /// <summary>Names of settings that are other than they must be, in ordinal order.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public bool IsUsual => ExtensionSchema == Usual.ExtensionSchema && Settings.Count == 0;

    /// <summary>What gives the role its own word for a setting.</summary>
    public static string RoleCommand(StoreAddress address, string name) =>
        $"alter role {StoreAddress.Quote(address.User)} in database {StoreAddress.Quote(address.Database)} set {name} = '{Needed[name]}'";

    /// <summary>For the server, behind what the address asks for itself: of what it names, its word counts.</summary>
    /// <returns>Null: nothing is asked for.</returns>
    public string? OptionsAfter(string? own)
    {
        var ours = Settings.Where(name => own is null || !IsNamedIn(own, name))
            .Select(name => $"-c {name}={Needed[name].Replace(" ", "\\ ", StringComparison.Ordinal)}");
        var all = string.Join(' ', new[] { own }.Concat(ours).Where(part => !string.IsNullOrEmpty(part)));
        return all.Length == 0 ? null : all;
    }

    /// <summary>Whether the server's options say something of a setting: <c>-c name=value</c> or <c>-cname=value</c>.</summary>
    private static bool IsNamedIn(string options, string setting) => options.Split(' ').Any(word =>
        word.StartsWith($"{setting}=", StringComparison.OrdinalIgnoreCase) || word.StartsWith($"-c{setting}=", StringComparison.OrdinalIgnoreCase));
}
