using System.Reflection;
using System.Text.Json.Nodes;

namespace Chitti.Grains.Tests;

/// <summary>
/// State written by one build is read by the next. One golden file per state type has the stored form of a state with every
/// field filled. If it changes, existing states can no longer be read, or are read differently.
/// </summary>
public class GoldenFileTests
{
    private static readonly StateSerializer _serializer = new();

    private static readonly Dictionary<Type, object> _states = new()
    {
        [typeof(ModelState)] = new ModelState
        {
            Model = new()
            {
                Identity = new("pcb-defects", "PCB defects", "1.0", "ab54d286c56ecf0ff1c3f1f6d2c0d0d6f6a1f7d2c3b4a5968778695a4b3c2d1e"),
                Family = "yolov8",
                Classes = ["open", "short"],
                InputWidth = 640,
                InputHeight = 480,
                Licence = "MIT",
                NeedsReference = true,
                Replaces = "solder",
            },
        },
        [typeof(ModelListState)] = new ModelListState { Ids = ["pcb-defects", "solder"], DefaultId = "pcb-defects" },
        [typeof(ProfileState)] = new ProfileState
        {
            Versions = [new() { Reference = new("pcb-defects", 1), CreatedAt = Samples.Accepted, Profile = Samples.Profile }],
        },
    };

    public static TheoryData<string> Names => [.. _states.Keys.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Serialize_EveryFieldFilled_GivesTheGoldenFile(string name)
    {
        var written = Write(Find(name));

        Assert.Equal(Golden(name).ToJsonString(), written.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deserialize_GoldenFile_GivesEveryFieldBack(string name) =>
        Assert.Equal(Golden(name).ToJsonString(), Write(Read(name, Golden(name))).ToJsonString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Deserialize_FieldsOfALaterBuild_AreIgnored(string name)
    {
        var later = Golden(name);
        AddUnknownFields(later);

        Assert.Equal(Golden(name).ToJsonString(), Write(Read(name, later)).ToJsonString());
    }

    [Fact]
    public void Deserialize_ProfileOfAnEarlierBuild_IgnoresNoClass()
    {
        var earlier = Golden(nameof(ProfileState));
        Assert.True(earlier["versions"]![0]!["profile"]!.AsObject().Remove("ignored"));

        Assert.Empty(Assert.Single(((ProfileState)Read(nameof(ProfileState), earlier)).Versions).Profile.Ignored);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deserialize_StateOfAnEarlierBuild_LacksOptionalFields(string name)
    {
        var read = Read(name, new());

        var fresh = Activator.CreateInstance(read.GetType())!;
        Assert.Equal(Write(fresh).ToJsonString(), Write(read).ToJsonString());
    }

    [Fact]
    public void States_EachThatAGrainStores_HasAGoldenFile()
    {
        var stored = typeof(ProfileState).Assembly.GetTypes()
            .Where(type => typeof(Grain).IsAssignableFrom(type))
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>))
            .Select(type => type.GetGenericArguments()[0].Name)
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(stored.Order(StringComparer.Ordinal), _states.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(_states.Keys, type => Assert.True(File.Exists(PathOf(type.Name)), PathOf(type.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_EveryField_IsFilled(string name) => AssertFilled(Find(name), name);

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.json");

    private static JsonObject Golden(string name) => JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();

    private static object Find(string name) => _states.Single(pair => pair.Key.Name == name).Value;

    private static JsonObject Write(object state) => JsonNode.Parse(Call(nameof(StateSerializer.Serialize), state.GetType(), state).ToString()!)!.AsObject();

    private static object Read(string name, JsonObject stored) =>
        Call(nameof(StateSerializer.Deserialize), Find(name).GetType(), BinaryData.FromString(stored.ToJsonString()));

    private static object Call(string method, Type type, object argument) =>
        typeof(StateSerializer).GetMethod(method)!.MakeGenericMethod(type).Invoke(_serializer, [argument])!;

    private static void AddUnknownFields(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var field in fields.Select(pair => pair.Value).ToList())
                {
                    AddUnknownFields(field);
                }

                fields["addedLater"] = new JsonObject { ["a"] = 1 };
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    AddUnknownFields(item);
                }

                break;
        }
    }

    /// <summary>A field with its default value would be missing from the file, or would not show that it is read.</summary>
    private static void AssertFilled(object value, string at)
    {
        foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var given = property.GetValue(value);
            Assert.True(given is not null, $"{at}.{property.Name} is null");
            if (property.PropertyType.Assembly == typeof(Domain.FileStatus).Assembly && !property.PropertyType.IsEnum)
            {
                AssertFilled(given, $"{at}.{property.Name}");
            }
            else if (given is System.Collections.IEnumerable items and not string)
            {
                var all = items.Cast<object>().ToList();
                Assert.True(all.Count > 0, $"{at}.{property.Name} is empty");
                foreach (var item in all.Where(item => !item.GetType().IsPrimitive && item is not Guid))
                {
                    AssertFilled(item, $"{at}.{property.Name}[]");
                }
            }
        }
    }
}
