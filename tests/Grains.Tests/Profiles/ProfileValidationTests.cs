using Chitti.Domain;

namespace Chitti.Grains.Tests;

public class ProfileValidationTests
{
    [Fact]
    public void Validate_ValidProfile_HasNoFaults() => Assert.Empty(ProfileValidation.Validate(Given.Profile(), []));

    [Fact]
    public void Validate_ManyFaults_ListsEachByField()
    {
        var profile = Given.Profile(
            Given.Criterion() with { RecordConfidence = 1.5f, RejectConfidence = float.NaN, MaxSize = 0, Zone = [new(0, 2)] },
            Given.Criterion() with { ReviewConfidence = 0.1f, SizeUnit = LengthUnit.Millimetre }) with
        {
            Name = " ",
            Approver = new string('a', 201),
            MillimetresPerPixel = -1,
            NmsIou = 2,
            Image = new() { MinWidth = 0, MinBrightness = 100, MaxBrightness = 50 },
        };

        var faults = ProfileValidation.Validate(profile, []);

        Assert.Equal(
            [
                "approver", "criteria", "criteria[0].max_size", "criteria[0].record_confidence", "criteria[0].reject_confidence",
                "criteria[0].review_confidence", "criteria[0].zone", "criteria[0].zone[0].y", "criteria[1].review_confidence",
                "image.max_brightness", "image.min_width", "millimetres_per_pixel", "name", "nms_iou",
            ],
            faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("is 2; 0 to 1 is allowed", Assert.Single(faults["nms_iou"]));
        Assert.Equal("names class 'open' 2 times; once is allowed", Assert.Single(faults["criteria"]));
    }

    [Fact]
    public void Validate_MillimetresWithoutCalibration_IsAFault()
    {
        var profile = Given.Profile(Given.Criterion() with { MaxSize = 1, SizeUnit = LengthUnit.Millimetre });

        Assert.Equal("criteria[0].size_unit", Assert.Single(ProfileValidation.Validate(profile, [])).Key);
    }

    [Fact]
    public void Validate_NullAmongTheEntries_IsAFaultOfTheEntry()
    {
        var profile = Given.Profile(Given.Criterion() with { Zone = [new(0, 0), null!, new(1, 1)] }, null!);

        Assert.Equal(["criteria[0].zone[1]", "criteria[1]"], ProfileValidation.Validate(profile, []).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Validate_NoCriteria_IsAFault() =>
        Assert.Equal("criteria", Assert.Single(ProfileValidation.Validate(Given.Profile() with { Criteria = [] }, [])).Key);
}
