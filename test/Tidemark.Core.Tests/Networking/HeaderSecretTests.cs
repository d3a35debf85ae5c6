using Shouldly;
using Tidemark.Networking;
using Xunit;

namespace Tidemark.Tests.Networking;

public sealed class HeaderSecretTests
{
    [Theory]
    [InlineData("sk-abc\r\nX-Evil: 1", "character 7 of 17 is a control character")]
    [InlineData("sk-abc\u007f", "a control character")]
    [InlineData("sk\u0000abc", "a control character")]
    [InlineData("sk-ab\u0107", "character 6 of 6 is not one of ASCII")]
    [InlineData("\ufeffsk-abc", "not one of ASCII")]
    public void What_would_be_more_than_a_value_is_refused_and_not_repeated(string secret, string why)
    {
        var failure = Should.Throw<TidemarkException>(() => HeaderSecret.Require(secret, "the key in 'K'"));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain("the key in 'K'");
        failure.Message.ShouldContain(why);
        failure.ToString().ShouldNotContain("sk");
    }

    [Theory]
    [InlineData("sk-proj-AbC_123")]
    [InlineData("with space and ~!@#$%^&*()")]
    public void An_ordinary_key_is_taken_as_it_is(string secret) => HeaderSecret.Require(secret, "the key").ShouldBe(secret);
}
