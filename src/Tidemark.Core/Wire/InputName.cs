namespace Tidemark.Wire;

/// <summary>What a caller calls a value that it gave, so that a mistake is told in its own words.</summary>
public readonly record struct InputName
{
    private readonly char _joint;

    private InputName(string name, char joint) => (Name, _joint) = (name, joint);

    /// <summary>As messages quote it: <c>--budget</c>, <c>budget</c>.</summary>
    public string Name { get; }

    /// <summary>A flag of a command line: <c>--budget 2.50</c>.</summary>
    /// <param name="name">With its dashes.</param>
    public static InputName Flag(string name) => new(name, ' ');

    /// <summary>A parameter of a query: <c>budget=2.50</c>.</summary>
    /// <param name="name">As it stands before the sign.</param>
    public static InputName Parameter(string name) => new(name, '=');

    /// <summary>The name with a value, as one would write it.</summary>
    public string With(string value) => $"{Name}{_joint}{value}";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal TidemarkException Wrong(string? text, string remedy) => new(ErrorCodes.Usage, $"'{Name}' is '{text}'", remedy);
}
