namespace Tidemark.Server.Http;

/// <summary>Something that a request may say: in its query, or as a member of its JSON body.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="Description">For people.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, string Description)
{
    public bool IsRequired { get; init; }

    public int Least { get; init; }

    public int Most { get; init; } = int.MaxValue;

    /// <summary>Of a whole number.</summary>
    public int Default { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    public static Parameter Text(string name, string description) => new(name, ParameterKind.Text, description);

    public static Parameter Texts(string name, string description) => new(name, ParameterKind.Texts, description);

    public static Parameter Flag(string name, string description) => new(name, ParameterKind.Flag, description);

    public static Parameter Number(string name, string description, int @default, int least, int most) =>
        new(name, ParameterKind.Integer, description) { Default = @default, Least = least, Most = most };

    public static Parameter Choice(string name, string description, params string[] choices) =>
        new(name, ParameterKind.Text, description) { Choices = choices };

    public Parameter Required() => this with { IsRequired = true };
}

internal enum ParameterKind
{
    Text,
    Texts,
    Integer,
    Flag,
}
