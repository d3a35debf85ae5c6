using System.CommandLine;

namespace Tidemark.Cli.Options;

/// <summary>A flag without a value. (Typed as text: the parser's own code for that is compiled ahead.)</summary>
internal sealed class Switch : Option<string>
{
    public Switch(string name, string description)
        : base(name)
    {
        Description = description;
        Arity = ArgumentArity.Zero;
    }

    public bool IsOn(ParseResult parsed) => parsed.GetResult(this) is not null;
}
