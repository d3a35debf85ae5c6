namespace Tidemark.Composition.Configuration;

/// <param name="Message">What is wrong, where, naming the thing in single quotes.</param>
internal sealed record ConfigurationMistake(string Message, string Remedy);
