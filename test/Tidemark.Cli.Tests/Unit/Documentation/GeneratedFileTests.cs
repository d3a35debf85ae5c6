using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Documentation;

public sealed class GeneratedFileTests
{
    [Fact]
    public void The_configuration_is_documented_as_it_is() =>
        RepositoryFile.ShouldBe("docs/configuration.md", ConfigurationDocument.Generate());

    [Fact]
    public void The_command_line_is_documented_as_it_is()
    {
        using var call = new InProcessCall();
        RepositoryFile.ShouldBe("docs/cli.md", CliDocument.Generate(call.Host));
    }

    [Fact]
    public void The_schema_says_what_the_reader_takes() =>
        RepositoryFile.ShouldBe(
            $"src/Tidemark.Composition/Configuration/{ConfigurationSchema.Resource}", SchemaDocument.Generate());
}
