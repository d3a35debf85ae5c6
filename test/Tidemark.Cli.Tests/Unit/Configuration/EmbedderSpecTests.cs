using Shouldly;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.OpenAI;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class EmbedderSpecTests
{
    [Theory]
    [InlineData("hashing", "hashing", "hashing", 384)]
    [InlineData("hashing:64", "hashing", "hashing", 64)]
    [InlineData("openai:text-embedding-3-small", "openai", "text-embedding-3-small", null)]
    [InlineData("openai:text-embedding-3-small:512", "openai", "text-embedding-3-small", 512)]
    [InlineData("openai:nomic-embed-text:latest", "openai", "nomic-embed-text:latest", null)]
    [InlineData("openai:nomic-embed-text:latest:768", "openai", "nomic-embed-text:latest", 768)]
    [InlineData("openai:qwen3-embedding:0.6b", "openai", "qwen3-embedding:0.6b", null)]
    [InlineData("openai:BAAI/bge-m3:1024?query=q%3A%20", "openai", "BAAI/bge-m3", 1024)]
    public void A_specification_names_provider_model_and_dimensions(string text, string provider, string model, int? dimensions)
    {
        var spec = EmbedderSpec.Parse(text)!;

        (spec.Provider, spec.Model, spec.Dimensions).ShouldBe((provider, model, dimensions));
        EmbedderSpec.Parse(spec.Name).ShouldBe(spec);
    }

    [Theory]
    [InlineData("")]
    [InlineData("crystal:1")]
    [InlineData("hashing:15")]
    [InlineData("hashing:5000")]
    [InlineData("hashing:many")]
    [InlineData("hashingx")]
    [InlineData("openai")]
    [InlineData("openai:")]
    [InlineData("openai:a b")]
    [InlineData("openai:model:0")]
    [InlineData("openai:model:99999999")]
    [InlineData("openai:model?what=x")]
    [InlineData("openai:model?")]
    public void What_is_not_one_is_refused(string text) => EmbedderSpec.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("openai:m:8")]
    [InlineData("openai:m:8?document=passage%3A%20&revision=2")]
    public void The_name_of_a_specification_is_that_of_the_models_space(string text)
    {
        var spec = EmbedderSpec.Parse(text)!;

        OpenAIModel.SpaceName(spec.Model, spec.Dimensions, spec.Traits).ShouldBe(spec.Name);
    }

    [Theory]
    [InlineData("openai:m", "openai:m:24", "openai:m:24")]
    [InlineData("openai:m", "openai:other:24", "openai:m")]
    [InlineData("openai:m", "openai:m:24?revision=2", "openai:m")]
    [InlineData("openai:m:8", "openai:m:24", "openai:m:8")]
    [InlineData("openai:text-embedding-3-small", "hashing:384", "openai:text-embedding-3-small:1536")]
    [InlineData("openai:text-embedding-3-small", "openai:text-embedding-3-small:256", "openai:text-embedding-3-small:256")]
    public void Dimensions_that_nobody_named_are_those_of_the_index_or_of_the_model(string asked, string built, string expected) =>
        EmbedderChoice.Decide(EmbedderSpec.Parse(asked), new TraitSettings(), built, []).Name.ShouldBe(expected);

    [Theory]
    [InlineData("openai:m:24", "openai:m:24?document=p&revision=2")]
    [InlineData("openai:m:24?document=old&query=q&normalize=true&input=9&revision=1", "openai:m:24?document=p&query=q&normalize=true&input=9&revision=2")]
    [InlineData("hashing:384", "hashing:384")]
    public void What_the_settings_say_of_a_space_counts_also_where_only_the_index_knows_the_model(string built, string expected)
    {
        var said = new TraitSettings { DocumentPrefix = "p", Revision = "2" };

        EmbedderChoice.Decide(asked: null, said, built, []).Name.ShouldBe(expected);
        EmbedderChoice.Decide(asked: null, new TraitSettings(), built, []).Name.ShouldBe(built);
    }

    [Theory]
    [InlineData("openai:m:24", 24, "openai:m:24")]
    [InlineData("openai:m:24?revision=2", 12, "openai:m:12?revision=2")]
    [InlineData("hashing:384", 128, "hashing:128")]
    [InlineData(null, 128, "hashing:128")]
    public void Dimensions_without_a_model_are_meant_of_the_model_that_the_index_was_built_with(string? built, int dimensions, string expected) =>
        EmbedderChoice.Decide(asked: null, new TraitSettings { Dimensions = dimensions }, built, []).Name.ShouldBe(expected);

    [Fact]
    public void Dimensions_without_a_model_that_the_offline_one_cannot_have_are_refused() =>
        Should.Throw<TidemarkException>(() => EmbedderChoice.Decide(asked: null, new TraitSettings { Dimensions = 8192 }, null, []))
            .Code.ShouldBe(ErrorCodes.ConfigurationInvalid);

    [Fact]
    public void A_prefix_can_be_taken_from_an_index_by_an_empty_one() => EmbedderChoice
        .Decide(asked: null, new TraitSettings { DocumentPrefix = "", Normalize = false }, "openai:m:24?document=p&normalize=true", [])
        .Name.ShouldBe("openai:m:24");

    [Fact]
    public void Another_namespace_may_know_the_dimensions() => EmbedderChoice
        .Decide(EmbedderSpec.Parse("openai:m"), new TraitSettings(), built: null, ["hashing:384", "openai:m:24"]).Name.ShouldBe("openai:m:24");
}
