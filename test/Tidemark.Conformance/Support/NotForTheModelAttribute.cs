namespace Tidemark.Conformance.Support;

/// <summary>A suite about something that only real stores have.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotForTheModelAttribute : Attribute;
