using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

/// <summary>Arguments and options of <c>forget</c>.</summary>
internal sealed class ForgetCall
{
    private readonly Argument<string> _document = new("DOCUMENT") { Description = "The document's id", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> _source = new("--source") { HelpName = "ID", Description = "All documents of a source id, also those to come" };

    private readonly Option<string[]> _filter = new("--filter")
    {
        HelpName = "KEY=VALUE",
        Description = "All documents whose metadata meet it, as in 'search'; several: all of them have to hold",
    };

    private readonly Switch _lift = new("--lift", "Let the document, or the source id, come back");
    private readonly Switch _export = new("--export", "Print what was forgotten, as salted hashes, for the day when a backup is restored");
    private readonly Option<string> _reapply = new("--reapply") { HelpName = "FILE", Description = "After a backup was restored: forget again what the file names" };

    public void AddTo(TidemarkCommand command)
    {
        command.Add(_document);
        foreach (var option in new Option[] { _source, _filter, _lift, _export, _reapply })
        {
            command.Add(option);
        }
    }

    /// <exception cref="TidemarkException"><c>usage</c>: several at once, or nothing.</exception>
    public ForgetAction ActionOf(ParseResult parsed)
    {
        var named = new[] { parsed.GetValue(_document) is not null, parsed.GetValue(_source) is not null, parsed.GetValue(_filter) is { Length: > 0 } }
            .Count(given => given);
        return (_lift.IsOn(parsed), _export.IsOn(parsed), parsed.GetValue(_reapply) is not null, named) switch
        {
            (false, false, false, 1) => ForgetAction.Forget,
            (true, false, false, 1) when parsed.GetValue(_filter) is not { Length: > 0 } => ForgetAction.Lift,
            (false, true, false, 0) => ForgetAction.Export,
            (false, false, true, 0) => ForgetAction.Reapply,
            _ => throw new TidemarkException(
                ErrorCodes.Usage,
                "it is not said, or said twice, what is to be forgotten",
                "name a document, or '--source ID', or '--filter KEY=VALUE'; '--lift' goes with the first two, '--export' and '--reapply FILE' with none"),
        };
    }

    public ForgetTarget TargetOf(ParseResult parsed) =>
        parsed.GetValue(_document) is { } id ? ForgetTarget.Document(Given(id))
        : parsed.GetValue(_source) is { } source ? ForgetTarget.SourceId(Given(source))
        : ForgetTarget.Matching(MetadataFilter.Parse(parsed.GetValue(_filter)!));

    public (SafeguardScope Scope, string Id) NameOf(ParseResult parsed) => parsed.GetValue(_document) is { } id
        ? (SafeguardScope.Document, Given(id))
        : (SafeguardScope.SourceId, Given(parsed.GetValue(_source)!));

    public string FileOf(ParseResult parsed) => Given(parsed.GetValue(_reapply)!);

    private static string Given(string text) => text.Length > 0 ? text : throw new TidemarkException(
        ErrorCodes.Usage, "an empty name names nothing", "name a document, a source id or a file");
}
